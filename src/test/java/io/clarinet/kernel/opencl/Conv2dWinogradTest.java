package io.clarinet.kernel.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.Case;
import io.clarinet.Fresh;
import io.clarinet.RequiresOpenCl;
import io.clarinet.TestDevice;
import io.clarinet.TestProfile;
import io.clarinet.TestTensors;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.OperatorContract;
import io.clarinet.kernel.Packing;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Conv2dProblem;
import io.clarinet.op.Epilogue;
import io.clarinet.op.Window2d;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@RequiresOpenCl
public class Conv2dWinogradTest {
  private static final double LARGEST_ERROR = 1.1e-5;

  /** The stride 1 cases of kernel 3x3, but for those with NaN, which a tile spreads. */
  static List<Case> cases() {
    return Stream.of("conv2d_winograd", "conv2d")
        .flatMap(file -> Case.of(file).stream())
        .filter(c -> c.integer("kh") == 3 && c.integer("kw") == 3 && c.integer("groups") == 1)
        .filter(c -> c.integer("sh") * c.integer("sw") * c.integer("dh") * c.integer("dw") == 1)
        .filter(c -> !c.flag("nan"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithTheReference(Case c) {
    Conv2dProblem problem = Conv2dProblem.of(c);
    Conv2d op = problem.op();
    assertThat(
            problem
                .contract()
                .tolerance(LARGEST_ERROR)
                .kernels(
                    new Conv2dWinograd(op, 4),
                    new Conv2dWinograd(op, 2),
                    new Conv2dWinogradStaged(op, 4),
                    new Conv2dWinogradStaged(op, 2))
                .check())
        .contains("conv2d_winograd_f2", "conv2d_winograd_staged_f4", "conv2d_winograd_staged_f2");
  }

  @Test
  void takesManyTilesInParts() {
    Conv2d op = new Conv2d(Window2d.square(3, 1, 1), 1, Epilogue.NONE);
    Random random = Fresh.random();
    Tensor x = TestTensors.random(random, 2, 16, 56, 60);
    Tensor weights = TestTensors.random(random, 32, 16, 3, 3);
    OperatorContract.of(op)
        .input(x)
        .constant(weights)
        .tolerance(LARGEST_ERROR)
        .kernels(new Conv2dWinogradStaged(op, 4))
        .check();
    List<Fact> inputs = List.of(Fact.of(x.shape()), Fact.of(weights));
    Offer offer =
        new Conv2dWinogradStaged(op, 4)
            .offer(inputs, op.infer(inputs), TestDevice.poisoned().profile());
    long scratch = ((Offer.Accept) offer).scratchBytes().stream().mapToLong(b -> b).sum();
    assertThat(scratch).isLessThan(5L * 4 * (16 + 32) * 2 * 56 * 60);
  }

  @Test
  void scratchKeepsToTheLargestAllocation() {
    Conv2d op = new Conv2d(Window2d.square(3, 1, 1), 1, Epilogue.NONE);
    Tensor weights = Tensor.zeros(Shape.of(16, 16, 3, 3));
    List<Fact> inputs = List.of(Fact.of(Shape.of(1, 16, 200, 200)), Fact.of(weights));
    long most = 1 << 20;
    DeviceProfile small = new TestProfile().block(8).largestBytes(most).make();
    Offer offer = new Conv2dWinogradStaged(op, 4).offer(inputs, op.infer(inputs), small);
    assertThat(((Offer.Accept) offer).scratchBytes()).allMatch(bytes -> bytes <= most);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void declinesOtherWindows(int m) {
    Conv2d strided = new Conv2d(Window2d.square(3, 2, 1), 1, Epilogue.NONE);
    List<Fact> inputs =
        List.of(Fact.of(Shape.of(1, 8, 9, 9)), Fact.of(Tensor.zeros(Shape.of(8, 8, 3, 3))));
    DeviceProfile device = TestDevice.poisoned().profile();
    for (Kernel kernel :
        List.of(new Conv2dWinograd(strided, m), new Conv2dWinogradStaged(strided, m))) {
      assertThat(kernel.offer(inputs, strided.infer(inputs), device))
          .isInstanceOfSatisfying(
              Offer.Decline.class, d -> assertThat(d.reason()).contains("stride 1"));
    }
  }

  @Test
  void declinesWhatLocalMemoryCannotHold() {
    Conv2d op = new Conv2d(Window2d.square(3, 1, 1), 1, Epilogue.NONE);
    Tensor weights = Tensor.zeros(Shape.of(16, 512, 3, 3));
    List<Fact> inputs = List.of(Fact.of(Shape.of(1, 512, 7, 7)), Fact.of(weights));
    DeviceProfile small = TestDevice.poisoned().profile().limitedTo(16, 32 << 10);
    assertThat(new Conv2dWinograd(op, 4).offer(inputs, op.infer(inputs), small))
        .isInstanceOfSatisfying(
            Offer.Decline.class, d -> assertThat(d.reason()).contains("32768 bytes"));
  }

  /** A kernel that is 1 in its middle: at the points 0 and infinity it is the identity's ends. */
  @Test
  void packsTheKernelAtThePoints() {
    Tensor weights = Tensor.zeros(Shape.of(1, 1, 3, 3));
    weights.set(4, 1.0);
    Winograd winograd = new Winograd(2, 4);
    Packing packing = new WinogradWeights(winograd, 1, 1);
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.toIntExact(packing.bytes())).order(ByteOrder.nativeOrder());
    packing.pack(List.of(weights), bytes);
    FloatBuffer packed = bytes.asFloatBuffer();
    float[] atPoint = new float[16];
    for (int k = 0; k < 16; k++) {
      atPoint[k] = packed.get(k * 4 * winograd.width()) + 0.0f; // no minus zeros
    }
    assertThat(atPoint)
        .containsExactly(0, 0, 0, 0, 0, 0.25f, -0.25f, 0, 0, -0.25f, 0.25f, 0, 0, 0, 0, 0);
  }
}
