package io.clarinet.kernel.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.Case;
import io.clarinet.RequiresOpenCl;
import io.clarinet.TestDevice;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.GpuLimits;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Launch;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.Work;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Conv2dProblem;
import io.clarinet.op.Epilogue;
import io.clarinet.op.Window2d;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@RequiresOpenCl
class Conv2dStemGpuTest {
  private static final Conv2d ALEXNET = new Conv2d(Window2d.square(11, 4, 2), 1, Epilogue.NONE);

  static List<Case> cases() {
    return Case.of("conv2d").stream().filter(c -> c.name().startsWith("stem")).toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithTheReference(Case c) {
    Conv2dProblem problem = Conv2dProblem.of(c);
    // A form a case: compilers take most of the time.
    Kernel form = Conv2dStemGpu.of(problem.op()).get(Math.floorMod(c.name().hashCode(), 4));
    assertThat(problem.contract().onGpu(128, 32 << 10, form).check()).containsExactly(form.name());
  }

  @Test
  void takesFewChannelsAtATimeWhereLocalMemoryIsSmall() {
    assertThat(patchChannels(48 << 10)).containsExactly("3", "3", "3", "3");
    assertThat(patchChannels(16 << 10)).containsExactly("1", "2", "2", "1");
    assertThat(patchChannels(4 << 10)).isEmpty();
  }

  @Test
  void keepsToTheLargestGroup() {
    assertThat(offers(device(64, 48 << 10)).map(a -> launch(a).range().groupSize()))
        .containsExactly(64L, 64L);
  }

  @Test
  void standsInTheTable() {
    assertThat(GpuKernels.table().of(ALEXNET)).containsAll(Conv2dStemGpu.of(ALEXNET));
  }

  private static Stream<String> patchChannels(long localBytes) {
    return offers(device(256, localBytes)).map(a -> launch(a).defines().get("PATCH_CHANNELS"));
  }

  private static DeviceProfile device(int group, long localBytes) {
    return GpuLimits.of(TestDevice.poisoned().profile(), group, localBytes, true);
  }

  private static Launch launch(Offer.Accept offer) {
    return ((Work.Launches) offer.work()).launches().get(0);
  }

  private static Stream<Offer.Accept> offers(DeviceProfile device) {
    Fact x = Fact.of(Shape.of(1, 3, 224, 224));
    List<Fact> inputs = List.of(x, Fact.of(Tensor.zeros(Shape.of(96, 3, 11, 11))));
    return Conv2dStemGpu.of(ALEXNET).stream()
        .map(form -> form.offer(inputs, ALEXNET.infer(inputs), device))
        .filter(Offer.Accept.class::isInstance)
        .map(Offer.Accept.class::cast);
  }
}
