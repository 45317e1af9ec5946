package io.clarinet.backend.opencl;

import static io.clarinet.backend.opencl.ClampPlans.clampPlan;
import static io.clarinet.backend.opencl.ClampPlans.packedPlan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.RequiresOpenCl;
import io.clarinet.TestDevice;
import io.clarinet.backend.Executable;
import io.clarinet.backend.HandMadePlans;
import io.clarinet.plan.Place;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Plan.PackedConstant;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

@RequiresOpenCl
class ClosingTest {
  private static final Shape SHAPE = Shape.of(1, 4);

  @Test
  void nothingIsLeftAfterFiftyOpenings() {
    int before = Handle.live();
    Tensor source = Tensor.of(Shape.of(4), 1, 2, 3, 4);
    PackedConstant constant = new PackedConstant(List.of(source), new HandMadePlans.Copy(4));
    for (int i = 0; i < 50; i++) {
      try (OpenClBackend backend = TestDevice.open(OpenClOptions.fromProperties())) {
        Executable kept = backend.load(clampPlan(backend.profile(), SHAPE, 0, 1));
        kept.run(List.of(Tensor.zeros(SHAPE)), List.of(Tensor.zeros(SHAPE)));
        kept.trace(List.of(Tensor.zeros(SHAPE)), List.of(Tensor.zeros(SHAPE)), 2);
        backend.load(packedPlan(backend.profile(), constant, SHAPE)).close();
      }
      assertThat(Handle.live()).isEqualTo(before);
    }
  }

  @Test
  void aFailedLoadLeavesNothing() {
    OpenClBackend backend = TestDevice.poisoned();
    int before = Handle.live();
    Place blocked =
        new Place(
            Place.Space.ARENA,
            0,
            0,
            4,
            io.clarinet.kernel.Layout.blocked(4),
            io.clarinet.tensor.ElementType.FLOAT32,
            Shape.of(1, 4, 1, 1));
    Plan plan =
        HandMadePlans.plan(
            backend.profile(), List.of(blocked), List.of(), List.of(), 4096, List.of());
    assertThatThrownBy(() -> backend.load(plan)).isInstanceOf(IllegalArgumentException.class);
    assertThat(Handle.live()).isEqualTo(before);
  }
}
