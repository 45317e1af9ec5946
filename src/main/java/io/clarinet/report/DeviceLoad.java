package io.clarinet.report;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Launch;
import io.clarinet.kernel.Work;
import io.clarinet.plan.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads off a step how it fills a GPU. */
final class DeviceLoad {
  private DeviceLoad() {}

  static Explanation.@Nullable Load of(Step step, StepCost cost, DeviceProfile device) {
    if (!device.isGpu()
        || !(step.action() instanceof Step.Action.Device action)
        || !(action.work() instanceof Work.Launches work)) {
      return null;
    }
    List<Launch> launches = work.launches();
    long groups = launches.stream().mapToLong(launch -> launch.range().groups()).max().orElse(0);
    return new Explanation.Load(
        launches.size(),
        groups,
        (double) groups / device.limits().computeUnits(),
        bound(step.seconds(), launches.size(), cost, device));
  }

  private static String bound(double seconds, int launches, StepCost cost, DeviceProfile device) {
    if (2 * launches * device.speed().launchSeconds() >= seconds) {
      return "launch";
    }
    double arithmetic = cost.multipliedFlops() / device.speed().peakFlops();
    return arithmetic > cost.bytes() / device.speed().bandwidth() ? "arithmetic" : "memory";
  }
}
