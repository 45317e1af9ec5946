package io.clarinet.backend.opencl;

import static io.clarinet.backend.HandMadePlans.plain;
import static io.clarinet.backend.opencl.ClampPlans.clamp;
import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.RequiresOpenCl;
import io.clarinet.TestDevice;
import io.clarinet.backend.Executable;
import io.clarinet.backend.HandMadePlans;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.GpuLimits;
import io.clarinet.plan.Place;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Step;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways into and out of a GPU's memory, its own or the host's. */
@RequiresOpenCl
class GpuTransferTest {
  private static final Shape SHAPE = Shape.of(3, 4);

  /** Batch items lie apart, and more steps run than are queued at once. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void valuesCrossItemByItemAndNothingStays(boolean unified) {
    OpenClBackend backend = TestDevice.poisoned();
    DeviceProfile device = GpuLimits.of(backend.profile(), 64, 16 << 10, unified);
    Place x = plain(256, 6, SHAPE);
    Place a = plain(1024, 4, SHAPE);
    Place y = plain(2048, 9, SHAPE);
    List<Step> steps = new ArrayList<>(List.of(clamp("in", new Step.Operand.At(x), a, -2, 2)));
    for (int i = 0; i < 60; i++) {
      steps.add(clamp("same", new Step.Operand.At(a), a, -2, 2));
    }
    steps.add(clamp("out", new Step.Operand.At(a), y, -1, 9));
    Plan plan = HandMadePlans.plan(device, List.of(x), List.of(y), steps, 4096, List.of());
    backend.load(plan).close(); // its programs stay
    int before = Handle.live();
    try (Executable executable = backend.load(plan)) {
      for (int run = 0; run < 3; run++) {
        Tensor from = Tensor.of(SHAPE, run, 1, 2, 3, -1, -2, -3, Float.NaN, 0.5f, 0.25f, 7, -7);
        Tensor to = Tensor.zeros(SHAPE);
        executable.run(List.of(from), List.of(to));
        assertThat(to.toFloatArray())
            .containsExactly(run, 1, 2, 2, -1, -1, -1, Float.NaN, 0.5f, 0.25f, 2, -1);
      }
    }
    assertThat(Handle.live()).isEqualTo(before);
  }
}
