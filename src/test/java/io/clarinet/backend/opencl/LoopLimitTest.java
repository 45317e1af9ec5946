package io.clarinet.backend.opencl;

import static io.clarinet.backend.HandMadePlans.alone;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.TestProfile;
import io.clarinet.backend.HandMadePlans;
import io.clarinet.backend.KernelRejectedException;
import io.clarinet.kernel.Launch;
import io.clarinet.kernel.NdRange;
import io.clarinet.plan.Place;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Step;
import io.clarinet.tensor.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoopLimitTest {
  private static final ListedDevice LLVMPIPE = named("llvmpipe (LLVM 15.0.6, 512 bits)");

  private static ListedDevice named(String name) {
    return new ListedDevice("opencl:0:0", name, "rusticl", "cpu", "22.3", true, "");
  }

  /** One launch of {@code items} work-items over so many elements, with so many multiply-adds. */
  private static Plan plan(long items, int elements, long multiplyAdds) {
    Place x = alone(0, Shape.of(1, elements));
    Place y = alone(1 << 22, Shape.of(1, elements));
    Launch launch = new Launch("fat", Map.of(), NdRange.items(items), List.of());
    Step made =
        HandMadePlans.device("a", launch, List.of(new Step.Operand.At(x)), List.of(y), List.of());
    Step step =
        new Step(
            made.node(),
            new Step.Layer("a", null, 0, multiplyAdds),
            made.op(),
            "fat",
            made.action(),
            made.inputs(),
            made.outputs(),
            made.packed(),
            made.scratch(),
            made.seconds(),
            made.declined());
    return HandMadePlans.plan(
        new TestProfile().make(), List.of(x), List.of(y), List.of(step), 1 << 23, List.of());
  }

  @Test
  void longLoopsAreStruckOffByNameOnLlvmpipe() {
    assertThatThrownBy(() -> LoopLimit.require(LLVMPIPE, plan(16, 100, 10_000_000)))
        .isInstanceOf(KernelRejectedException.class)
        .hasMessageContaining("after 65535 turns")
        .extracting(e -> ((KernelRejectedException) e).kernel())
        .isEqualTo("fat");
    assertThatThrownBy(() -> LoopLimit.require(LLVMPIPE, plan(1, 100_000, 0)))
        .isInstanceOf(KernelRejectedException.class);
  }

  @Test
  void shortLoopsAndOtherDevicesAreLeftAlone() {
    assertThatNoException()
        .isThrownBy(() -> LoopLimit.require(LLVMPIPE, plan(10_000, 100_000, 10_000_000)));
    assertThatNoException()
        .isThrownBy(() -> LoopLimit.require(named("NVIDIA H100"), plan(1, 100_000, 10_000_000)));
  }
}
