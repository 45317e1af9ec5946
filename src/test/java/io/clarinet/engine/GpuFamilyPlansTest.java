package io.clarinet.engine;

import static io.clarinet.engine.GpuPlans.LARGER_BATCH;
import static io.clarinet.engine.GpuPlans.each;
import static io.clarinet.engine.GpuPlans.graph;
import static io.clarinet.engine.GpuPlans.launches;
import static io.clarinet.engine.GpuPlans.plan;
import static io.clarinet.engine.GpuPlans.profile;
import static io.clarinet.engine.GpuPlans.values;
import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Launch;
import io.clarinet.kernel.Speed;
import io.clarinet.kernel.profile.ShippedProfiles;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the plans of GPUs are once no kernel for CPU devices is left in them. */
class GpuFamilyPlansTest {
  private static final double MOST_MOVED = 1.1;

  /** Divisor of a device's bandwidth that makes all steps wait for memory. */
  private static final double SLOW = 1e4;

  private static void requireFamily(Step step, DeviceProfile device) {
    assertThat(step.action()).isInstanceOf(Step.Action.Device.class);
    for (Launch launch : launches(step)) {
      assertThat(Path.of("opencl", "gpu", launch.kernel() + ".cl")).matches(Files::exists);
    }
  }

  private static double milliseconds(String network, int batch, String profile) {
    return plan(network, batch, profile).steps().stream().mapToDouble(Step::seconds).sum() * 1e3;
  }

  @ParameterizedTest
  @MethodSource("io.clarinet.engine.GpuPlans#networks")
  void noStepIsLeftToTheKernelsForCpuDevices(String network) {
    for (int batch : new int[] {1, LARGER_BATCH}) {
      for (String name : ShippedProfiles.names()) {
        each(
            plan(network, batch, name),
            name + ", batch " + batch,
            GpuFamilyPlansTest::requireFamily);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.clarinet.engine.GpuPlans#modernNetworks")
  void norOfModernNetworksOnAnH100(String network) {
    for (int batch : new int[] {1, LARGER_BATCH}) {
      each(plan(network, batch, "h100"), "batch " + batch, GpuFamilyPlansTest::requireFamily);
    }
  }

  /**
   * On a device of hardly any bandwidth a step's time is that of the bytes that its kernel says it
   * moves.
   */
  @ParameterizedTest
  @ValueSource(strings = {"resnet50", "googlenet", "alexnet", "squeezenet1.1"})
  void whatOnlyMovesMemoryMovesHardlyMoreThanItMust(String network) {
    for (String name : ShippedProfiles.names()) {
      DeviceProfile device = profile(name);
      double bandwidth = device.speed().bandwidth() / SLOW;
      Speed slow = Speed.assumed(device.speed().peakFlops(), bandwidth, 0);
      Plan plan = plan(graph(network, LARGER_BATCH), device.with(slow));
      each(
          plan,
          name,
          (step, any) -> {
            if (step.layer().multiplyAdds() == 0) {
              double moved = step.seconds() * 0.8 * bandwidth;
              assertThat(moved).isLessThanOrEqualTo(MOST_MOVED * values(step));
            }
          });
    }
  }

  @Test
  void onAnH100ResNet50IsPredictedToBeFast() {
    assertThat(milliseconds("resnet50", 1, "h100")).isLessThan(1.2);
    assertThat(milliseconds("resnet50", 64, "h100")).isLessThan(12);
  }
}
