package io.clarinet.plan;

import io.clarinet.kernel.DeviceProfile;
import java.util.LinkedHashSet;
import java.util.Set;

/** The predicted time of a whole plan, with what goes through memory since no cache holds it. */
public final class BatchCost {
  private BatchCost() {}

  /**
   * Predicted seconds. A step whose values, in and out, take more than half of the cache finds its
   * inputs in memory and leaves its outputs there, beside its computing.
   */
  public static double seconds(Plan plan) {
    DeviceProfile device = plan.device();
    double seconds = 0;
    for (Step step : plan.steps()) {
      long bytes = moved(step);
      boolean spills = bytes > device.cacheBytes() / 2;
      seconds += step.seconds() + (spills ? bytes / device.bandwidth() : 0);
    }
    return seconds;
  }

  private static long moved(Step step) {
    Set<Place> places = new LinkedHashSet<>(step.outputs());
    for (Step.Operand input : step.inputs()) {
      if (input instanceof Step.Operand.At at && at.place().space() == Place.Space.ARENA) {
        places.add(at.place());
      }
    }
    return places.stream().mapToLong(p -> p.layout().elements(p.shape()) * p.type().bytes()).sum();
  }
}
