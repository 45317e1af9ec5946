package io.clarinet.backend.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.RequiresOpenCl;
import io.clarinet.TestDevice;
import io.clarinet.backend.Executable;
import io.clarinet.backend.KernelRejectedException;
import io.clarinet.engine.DevicePlanner;
import io.clarinet.graph.Graph;
import io.clarinet.graph.GraphBuilder;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.GpuLimits;
import io.clarinet.kernel.Speed;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Epilogue;
import io.clarinet.op.Window2d;
import io.clarinet.plan.Plan;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** A kernel that wants more local memory than it was planned for is refused when it is loaded. */
@RequiresOpenCl
class LocalMemoryTest {

  private static Graph convolution() {
    GraphBuilder graph = new GraphBuilder("conv");
    graph.input("x", 1, 64, 8, 8);
    graph.constant("w", Tensor.zeros(Shape.of(64, 64, 3, 3)));
    Conv2d conv = new Conv2d(Window2d.square(3, 1, 1), 1, Epilogue.NONE);
    return graph.output(graph.add("y", conv, "x", "w")).build();
  }

  private static Plan on(DeviceProfile device, Plan plan) {
    return new Plan(
        device, plan.inputs(), plan.outputs(), plan.steps(), plan.arenaBytes(), plan.packed());
  }

  @Test
  void theDriverIsAskedWhatEachKernelWants() {
    OpenClBackend backend = TestDevice.poisoned();
    // of a speed that the minute does not decide: which form is the fastest depends on it
    DeviceProfile gpu =
        GpuLimits.of(backend.profile().with(Speed.measured(5e11, 5e10, 4e-6)), 256, 48 << 10, true);
    Plan plan = DevicePlanner.of(gpu).plan(convolution());
    String kernel = "conv2d_gemm";
    assertThat(plan.steps()).anyMatch(step -> step.kernel().startsWith(kernel));
    try (Executable executable = backend.load(plan)) {
      assertThat(executable).isNotNull();
    }
    Plan poor = on(gpu.limitedTo(DeviceProfile.GPU_BLOCK, 1 << 10), plan);
    assertThatThrownBy(() -> backend.load(poor))
        .isInstanceOfSatisfying(
            KernelRejectedException.class, e -> assertThat(e.kernel()).startsWith(kernel))
        .hasMessageContaining("bytes of local memory, of which a group has 1024");
  }
}
