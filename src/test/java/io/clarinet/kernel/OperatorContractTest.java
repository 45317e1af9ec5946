package io.clarinet.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.Fresh;
import io.clarinet.RequiresOpenCl;
import io.clarinet.TestTensors;
import io.clarinet.kernel.opencl.OpenClKernels;
import io.clarinet.op.Reshape;
import io.clarinet.op.Unary;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The contract itself: right kernels pass, and each kind of wrong one is found. */
@RequiresOpenCl
class OperatorContractTest {
  private final Random random = Fresh.random();

  /** {@code unary.cl} over plain values, with whatever arguments a test wants. */
  private static Kernel unary(float lo, int surplus, int shortage) {
    return new Kernel() {
      @Override
      public String name() {
        return "unary";
      }

      @Override
      public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
        int elements = (int) inputs.get(0).shape().size(1, 2);
        Launch launch =
            new Launch(
                name(),
                Map.of("C", Integer.toString(device.channelBlock())),
                NdRange.items(1, 1, inputs.get(0).shape().n()),
                List.of(
                    new Arg.Input(0),
                    new Arg.Output(0),
                    new Arg.Int(0),
                    new Arg.Int(elements + surplus - shortage),
                    new Arg.Float(lo),
                    new Arg.Float(1)));
        return new Offer.Accept(
            new Work.Launches(List.of(launch)),
            List.of(Layout.PLAIN),
            List.of(Layout.PLAIN),
            List.of(),
            List.of(),
            1);
      }
    };
  }

  private OperatorContract clip(Kernel kernel) {
    Tensor x = TestTensors.random(random, 3, 37);
    x.set(5, Double.NaN);
    return OperatorContract.of(new Unary(Unary.Kind.CLIP, -1, 1)).input(x).kernels(kernel);
  }

  @Test
  void aRightKernelPasses() {
    assertThat(clip(unary(-1, 0, 0)).check()).containsExactly("unary");
  }

  @Test
  void aWrongAnswerIsFound() {
    assertThatThrownBy(() -> clip(unary(0, 0, 0)).check())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("by unary, block 4")
        .hasMessageContaining("is wrong by");
  }

  @Test
  void anElementLeftOutIsFound() {
    assertThatThrownBy(() -> clip(unary(-1, 0, 1)).check())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("element 36");
  }

  @Test
  void aWriteBesidesTheViewIsFound() {
    Kernel kernel = unary(-1, 1, 0);
    Tensor x = TestTensors.random(random, 3, 37);
    assertThatThrownBy(
            () ->
                OperatorContract.of(new Unary(Unary.Kind.CLIP, -1, 1))
                    .input(x)
                    .kernels(kernel)
                    .check())
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void aKernelThatDeclinesEverythingIsFound() {
    Tensor x = TestTensors.random(random, 3, 37);
    assertThatThrownBy(() -> OperatorContract.of(Unary.RELU).input(x).kernels().check())
        .hasMessageContaining("no kernel of");
  }

  @Test
  void reordersHoldTheContract() {
    Tensor x = TestTensors.random(random, 2, 19, 5, 7);
    x.set(3, Double.NaN);
    for (int block : new int[] {4, 8, 16}) {
      Layout blocked = Layout.blocked(block);
      reorder(Layout.PLAIN, blocked, x);
      reorder(blocked, Layout.PLAIN, x);
    }
  }

  private static void reorder(Layout from, Layout to, Tensor x) {
    Kernel kernel = OpenClKernels.table().reorders(new Reorder(from, to)).get(0);
    OperatorContract.of(Reshape.IDENTITY).kernels(kernel).input(x).tolerance(0).check();
  }
}
