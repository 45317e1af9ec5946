package io.clarinet.backend.opencl;

import static io.clarinet.backend.HandMadePlans.alone;
import static io.clarinet.backend.HandMadePlans.plain;
import static io.clarinet.backend.opencl.ClampPlans.clamp;
import static io.clarinet.backend.opencl.ClampPlans.clampPlan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.clarinet.RequiresOpenCl;
import io.clarinet.TestDevice;
import io.clarinet.backend.DeviceException;
import io.clarinet.backend.Executable;
import io.clarinet.backend.HandMadePlans;
import io.clarinet.backend.KernelRejectedException;
import io.clarinet.backend.Span;
import io.clarinet.kernel.Arg;
import io.clarinet.kernel.Launch;
import io.clarinet.kernel.NdRange;
import io.clarinet.plan.Place;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Plan.PackedConstant;
import io.clarinet.plan.Step;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@RequiresOpenCl
class OpenClExecutableTest {
  private final OpenClBackend backend = TestDevice.poisoned();

  private static float[] run(Executable executable, Shape shape, float... x) {
    Tensor y = Tensor.zeros(shape);
    executable.run(List.of(Tensor.of(shape, x)), List.of(y));
    return y.toFloatArray();
  }

  @Test
  void runsAKernelAndLetsNanThrough() {
    Shape shape = Shape.of(1, 5);
    try (Executable executable = backend.load(clampPlan(backend.profile(), shape, 0, 2))) {
      assertThat(run(executable, shape, -1, 1, 3, Float.NaN, 2))
          .containsExactly(0, 1, 2, Float.NaN, 2);
    }
  }

  @Test
  void runsAHostStepBetweenTwoKernels() {
    Shape shape = Shape.of(2, 3);
    Place x = alone(0, shape);
    Place a = plain(256, 4, shape);
    Place b = plain(512, 6, shape);
    Place y = alone(1024, shape);
    Step before = clamp("before", new Step.Operand.At(x), a, 0, 100);
    Step host =
        HandMadePlans.host(
            "host",
            (from, to) -> {
              for (int i = 0; i < 6; i++) {
                to.get(0).set(i, 1 - 10 * from.get(0).doubleAt(i));
              }
            },
            a,
            b);
    Step after = clamp("after", new Step.Operand.At(b), y, -45, 100);
    Plan plan =
        HandMadePlans.plan(
            backend.profile(),
            List.of(x),
            List.of(y),
            List.of(before, host, after),
            4096,
            List.of());
    try (Executable executable = backend.load(plan)) {
      assertThat(run(executable, shape, -1, 1, 2, 3, 4, 5))
          .containsExactly(1, -9, -19, -29, -39, -45);
      Tensor y2 = Tensor.zeros(shape);
      List<Span> spans = executable.trace(List.of(Tensor.zeros(shape)), List.of(y2), 2).get(1);
      assertThat(spans.stream().map(s -> s.kind() + " " + s.step()))
          .containsExactly(
              "UPLOAD -1",
              "KERNEL 0",
              "DOWNLOAD 1",
              "HOST 1",
              "UPLOAD 1",
              "KERNEL 2",
              "DOWNLOAD -1");
      assertThat(spans).allMatch(span -> span.seconds() > 0);
      assertThat(spans).isSortedAccordingTo(Comparator.comparingDouble(Span::start));
      assertThat(y2.toFloatArray()).containsOnly(1);
    }
  }

  @Test
  void aPlanWhoseKernelDoesNotBuildLeavesNoPackedConstant() {
    Tensor source = Tensor.of(Shape.of(3), 0.5f, -3, 0.25f);
    PackedConstant constant = new PackedConstant(List.of(source), new HandMadePlans.Copy(4));
    Launch missing = new Launch("no_such_kernel", Map.of(), NdRange.items(1), List.of());
    Step step = HandMadePlans.device("act1", missing, List.of(), List.of(), List.of());
    Plan bad =
        HandMadePlans.plan(
            backend.profile(), List.of(), List.of(), List.of(step), 4096, List.of(constant));
    int before = Handle.live();
    assertThatThrownBy(() -> backend.load(bad))
        .isInstanceOf(KernelRejectedException.class)
        .hasMessageContaining("no_such_kernel");
    assertThat(Handle.live()).isEqualTo(before);
  }

  private Plan oneLaunch(Shape shape, NdRange range, Arg... more) {
    Place x = alone(0, shape);
    List<Arg> args = new ArrayList<>(List.of(new Arg.Input(0), new Arg.Output(0)));
    args.addAll(List.of(more));
    Launch launch = new Launch("unary", Map.of("C", "4"), range, args);
    Step step =
        HandMadePlans.device(
            "act7", launch, List.of(new Step.Operand.At(x)), List.of(alone(256, shape)), List.of());
    return HandMadePlans.plan(
        backend.profile(), List.of(x), List.of(alone(256, shape)), List.of(step), 4096, List.of());
  }

  @Test
  void aLaunchWithAnArgumentLeftOutIsToldWhenLoaded() {
    Plan plan = oneLaunch(Shape.of(1, 2), NdRange.items(1), new Arg.Int(0), new Arg.Int(2));
    assertThatThrownBy(() -> backend.load(plan))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("step \"act7\" (Test, kernel unary) failed on")
        .hasMessageContaining("takes 10 arguments, and 8 are given");
  }

  @Test
  void aLaunchInTooLargeGroupsRejectsTheKernel() {
    Plan plan =
        oneLaunch(
            Shape.of(1, 2),
            new NdRange(List.of(1L << 20), List.of(1L << 20)),
            new Arg.Int(0),
            new Arg.Int(2),
            new Arg.Float(0),
            new Arg.Float(1));
    assertThatThrownBy(() -> backend.load(plan))
        .isInstanceOf(KernelRejectedException.class)
        .hasMessageContaining("groups of at most");
  }

  @Test
  void aLaunchThatTheDriverRefusesIsToldWithItsStepAndLeavesNothing() {
    Plan plan =
        oneLaunch(
            Shape.of(1, 2),
            new NdRange(List.of(2L), List.of(2L)),
            new Arg.Int(0),
            new Arg.Int(2),
            new Arg.Float(0),
            new Arg.Float(1));
    int before = Handle.live();
    try (Executable executable = backend.load(plan)) {
      for (int attempt = 0; attempt < 2; attempt++) {
        assertThatThrownBy(() -> run(executable, Shape.of(1, 2), 1, 2))
            .isInstanceOf(DeviceException.class)
            .hasMessageContaining("step \"act7\" (Test, kernel unary) failed on")
            .hasMessageContaining("clEnqueueNDRangeKernel gave CL_INVALID_WORK_GROUP_SIZE (-54)");
      }
    }
    assertThat(Handle.live()).isEqualTo(before);
  }

  @Test
  void aRunLeavesAlmostNothingOnTheHeap() {
    Shape shape = Shape.of(1, 4096);
    List<Tensor> x = List.of(Tensor.zeros(shape));
    List<Tensor> y = List.of(Tensor.zeros(shape));
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Place a = alone(0, shape);
    Place b = alone(1 << 14, shape);
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      steps.add(clamp("a", new Step.Operand.At(i % 2 == 0 ? a : b), i % 2 == 0 ? b : a, -1, 1));
    }
    Plan plan =
        HandMadePlans.plan(backend.profile(), List.of(a), List.of(a), steps, 1 << 16, List.of());
    try (Executable executable = backend.load(plan)) {
      long least = Long.MAX_VALUE;
      for (int i = 0; i < 20; i++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        executable.run(x, y);
        least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
      }
      assertThat(least).isLessThan(4000);
    }
  }

  @Test
  void blockAndLocalMemoryFollowTheOptions() {
    OpenClOptions options =
        new OpenClOptions(
            1,
            new OpenClOptions.Overrides(8, false, 0, 32 << 10),
            null,
            OpenClOptions.fromProperties().cache(),
            null,
            true,
            false);
    try (OpenClBackend forced = TestDevice.open(options)) {
      assertThat(forced.profile().channelBlock()).isEqualTo(8);
      assertThat(forced.profile().limits().localMemoryBytes()).isEqualTo(32 << 10);
    }
    assertThat(backend.profile().channelBlock()).isIn(4, 8, 16);
    assertThat(backend.profile().speed().peakFlops()).isBetween(1e8, 1e15);
    assertThat(backend.profile().speed().bandwidth()).isBetween(1e8, 1e14);
    assertThat(backend.profile().limits().alignmentBytes()).isPositive();
  }
}
