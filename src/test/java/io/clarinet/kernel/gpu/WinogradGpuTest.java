package io.clarinet.kernel.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.Fresh;
import io.clarinet.RequiresOpenCl;
import io.clarinet.TestDevice;
import io.clarinet.TestTensors;
import io.clarinet.kernel.DeviceLimits;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.GpuLimits;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Launch;
import io.clarinet.kernel.Microarchitecture;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.OperatorContract;
import io.clarinet.kernel.Work;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Epilogue;
import io.clarinet.op.Padding;
import io.clarinet.op.Unary;
import io.clarinet.op.Window2d;
import io.clarinet.report.Verification;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RequiresOpenCl
class WinogradGpuTest {
  private static final Conv2d SAME = new Conv2d(Window2d.square(3, 1, 1), 1, Epilogue.NONE);
  private static final GemmTile TILE = GemmTiles.of(Microarchitecture.UNKNOWN).get(0);

  @ParameterizedTest
  @ValueSource(ints = {4, 2})
  void agreesWithTheReference(int m) {
    Window2d uneven = new Window2d(3, 3, 1, 1, 1, 1, Padding.of(1, 0, 2, 1));
    Conv2d op = new Conv2d(uneven, 1, Epilogue.BIAS.withResidual().with(Unary.RELU));
    Random random = Fresh.random();
    Tensor weights = TestTensors.random(random, 66, 67, 3, 3);
    for (long i = 0; i < weights.shape().size(); i++) {
      weights.set(i, weights.doubleAt(i) * 0.3 / Math.sqrt(67 * 9));
    }
    Kernel kernel = new WinogradGpu(op, m, TILE);
    assertThat(
            OperatorContract.of(op)
                .input(TestTensors.random(random, 3, 67, 14, 11))
                .constant(weights)
                .constant(TestTensors.random(random, 66))
                .input(TestTensors.random(random, 3, 66, 15, 10))
                .tolerance(1.1e-5)
                .onGpu(128, 32 << 10, kernel)
                .check())
        .containsExactly(kernel.name());
  }

  @Test
  void takesTilesInPartsWhereScratchIsLimited() {
    Random random = Fresh.random();
    List<Fact> inputs = inputs(2, 64, 64, 33);
    DeviceProfile device = device(1 << 20);
    Offer.Accept offer = (Offer.Accept) offer(inputs, device);
    assertThat(((Work.Launches) offer.work()).launches()).hasSize(9);
    assertThat(offer.scratchBytes()).allMatch(bytes -> bytes <= 1 << 20);
    assertThat(
            OperatorContract.of(SAME)
                .input(TestTensors.random(random, 2, 64, 33, 33))
                .constant(TestTensors.random(random, 64, 64, 3, 3))
                .tolerance(1.1e-5)
                .onGpu(device, new WinogradGpu(SAME, 4, TILE))
                .check())
        .isNotEmpty();
  }

  @Test
  void keepsScratchBelowAQuarterOfAGigabyte() {
    Offer.Accept offer = (Offer.Accept) offer(inputs(64, 64, 64, 224), device(8L << 30));
    assertThat(offer.scratchBytes().stream().mapToLong(Long::longValue).sum())
        .isLessThanOrEqualTo(256L << 20);
    for (Launch launch : ((Work.Launches) offer.work()).launches()) {
      assertThat(launch.range().global().subList(1, 3)).allMatch(groups -> groups < 65_536);
    }
  }

  @Test
  void isOfferedDearWhereItIsSmall() {
    assertThat(secondsOf(inputs(1, 60, 64, 56))).isGreaterThan(secondsOf(inputs(1, 64, 64, 56)));
    assertThat(secondsOf(inputs(1, 64, 64, 20))).isGreaterThan(secondsOf(inputs(1, 64, 64, 21)));
  }

  @Test
  void declinesWhatNoPartOfFits() {
    assertThat(offer(inputs(1, 64, 64, 56), device(1 << 14))).isInstanceOf(Offer.Decline.class);
  }

  @Test
  void standsInTheTable() {
    assertThat(GpuKernels.table().of(SAME))
        .containsAll(WinogradGpu.of(SAME))
        .doesNotHaveDuplicates();
  }

  /** {@code verify} says over how many outputs a NaN spreads. */
  @Test
  void isKnownToSpreadNaN() {
    assertThat(WinogradGpu.of(SAME))
        .extracting(kernel -> new Verification.Layer("y", "Conv2d", kernel.name(), 0).nanTile())
        .containsOnly(4, 2);
    assertThat(new Verification.Layer("y", "Conv2d", TILE.of("conv2d_gemm"), 0).nanTile())
        .isEqualTo(1);
    assertThat(new Verification.Layer("y", "Conv2d", "conv2d_winograd_staged_f2", 0).nanTile())
        .isEqualTo(2);
  }

  private static double secondsOf(List<Fact> inputs) {
    return ((Offer.Accept) offer(inputs, device(1L << 30))).seconds();
  }

  private static Offer offer(List<Fact> inputs, DeviceProfile device) {
    return new WinogradGpu(SAME, 4, TILE).offer(inputs, SAME.infer(inputs), device);
  }

  private static List<Fact> inputs(int n, int ic, int oc, int side) {
    Fact x = Fact.of(Shape.of(n, ic, side, side));
    return List.of(x, Fact.of(Tensor.zeros(Shape.of(oc, ic, 3, 3))));
  }

  private static DeviceProfile device(long largestBytes) {
    DeviceProfile any = GpuLimits.of(TestDevice.poisoned().profile(), 256, 48 << 10, true);
    DeviceLimits limits = new DeviceLimits(132, 48 << 10, 16L << 30, largestBytes, 128, 50 << 20);
    return DeviceProfile.gpu(any.name(), any.simt(), limits, any.speed());
  }
}
