package io.clarinet.engine;

import static io.clarinet.engine.GpuPlans.LARGER_BATCH;
import static io.clarinet.engine.GpuPlans.each;
import static io.clarinet.engine.GpuPlans.launches;
import static io.clarinet.engine.GpuPlans.plan;
import static io.clarinet.engine.GpuPlans.values;
import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.kernel.Arg;
import io.clarinet.kernel.DeviceLimits;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Launch;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.profile.ShippedProfiles;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Step;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the plans of the bench's networks must be on every GPU that is known; nothing runs. */
class GpuPlansTest {
  /** Groups along the second and third dimension, as CUDA has it. */
  private static final long MOST_GROUPS = 65_535;

  /** Local memory that NVIDIA's OpenCL gives a group. */
  private static final long MOST_LOCAL = 48 << 10;

  /** Scratch of any step; beyond it, multiples of the step's own values. */
  private static final long FREE_SCRATCH = 64 << 20;

  /** Winograd's F(4x4): 36 products for 16 pixels, of inputs and of outputs, tiles at the edge. */
  private static final double SCRATCH_OF_VALUES = 2.6;

  /** Units of which one wave of groups may leave the rest idle. */
  private static final double FILLED = 0.7;

  /**
   * Launches that filling the others may at most be worth: slices of sums cost one to add them up,
   * and go through memory.
   */
  private static final double WORTH = 2;

  private static void requireLimits(Step step, DeviceProfile device) {
    DeviceLimits limits = device.limits();
    for (Launch launch : launches(step)) {
      NdRange range = launch.range();
      assertThat(range.groupSize()).isLessThanOrEqualTo(device.simt().groupSize());
      assertThat(range.groups()).isPositive();
      for (int i = 0; i < range.global().size(); i++) {
        long groups = range.global().get(i) / range.local().get(i);
        assertThat(groups).isLessThanOrEqualTo(i == 0 ? Integer.MAX_VALUE : MOST_GROUPS);
      }
      long local =
          launch.args().stream()
              .filter(Arg.Local.class::isInstance)
              .mapToLong(arg -> ((Arg.Local) arg).bytes())
              .sum();
      assertThat(local).isLessThanOrEqualTo(Math.min(MOST_LOCAL, limits.localMemoryBytes()));
    }
    long scratch = step.scratch().stream().mapToLong(GpuPlans::bytes).sum();
    assertThat((double) scratch)
        .isLessThanOrEqualTo(Math.max(FREE_SCRATCH, SCRATCH_OF_VALUES * values(step)));
  }

  private static void requireRoom(Plan plan) {
    DeviceLimits limits = plan.device().limits();
    List<Long> buffers = new ArrayList<>(plan.arenaBytes());
    plan.packed().forEach(packed -> buffers.add(packed.packing().bytes()));
    assertThat(buffers).allMatch(bytes -> bytes <= limits.maxAllocationBytes());
    assertThat(plan.arenaTotal() + plan.packedTotal())
        .isLessThanOrEqualTo(limits.globalMemoryBytes());
  }

  /** Groups fill the device, or share their sums, or idle units cost less than a launch. */
  private static void requireFilled(Step step, DeviceProfile device) {
    List<Launch> launches = launches(step);
    double launch = device.speed().launchSeconds();
    long groups = launches.stream().mapToLong(l -> l.range().groups()).max().orElse(0);
    boolean shared = launches.size() > 1 || launches.stream().anyMatch(GpuPlansTest::sharesSums);
    double filled = (double) groups / device.limits().computeUnits();
    double idle = (1 - filled) * (step.seconds() - launches.size() * launch);
    if (step.layer().multiplyAdds() > 0 && !shared && idle > WORTH * launch) {
      assertThat(filled).isGreaterThanOrEqualTo(FILLED);
    }
  }

  private static boolean sharesSums(Launch launch) {
    return !launch.defines().getOrDefault("K_SHARES", "1").equals("1");
  }

  @ParameterizedTest
  @MethodSource("io.clarinet.engine.GpuPlans#networks")
  void everyPlanKeepsTheDevicesLimitsAndFillsIt(String network) {
    for (int batch : new int[] {1, LARGER_BATCH}) {
      for (String name : ShippedProfiles.names()) {
        Plan plan = plan(network, batch, name);
        requireRoom(plan);
        each(plan, name + ", batch " + batch, GpuPlansTest::requireLimits);
        if (batch == 1) {
          each(plan, name, GpuPlansTest::requireFilled);
        }
      }
    }
  }
}
