package io.clarinet.plan;

import io.clarinet.graph.Graph;
import io.clarinet.kernel.DeviceProfile;
import java.util.LinkedHashSet;
import java.util.Set;

/** Predicted times of a plan's nodes, including memory traffic of values that no cache holds. */
public final class BatchCost {
  private BatchCost() {}

  /**
   * Predicted seconds by node, in graph order; a reorder counts for the node that it is made for.
   * Infinite for what runs on the host.
   */
  public static double[] seconds(Plan plan, Graph graph) {
    double[] seconds = new double[graph.nodes().size()];
    double pending = 0;
    for (Step step : plan.steps()) {
      pending += seconds(step, plan.device());
      int node = step.layer().node();
      if (node != Step.Layer.NO_NODE) {
        seconds[node] += pending;
        pending = 0;
      }
    }
    if (seconds.length > 0) {
      seconds[seconds.length - 1] += pending;
    }
    return seconds;
  }

  /**
   * A step whose values, in and out, take more than half of the cache finds its inputs in memory
   * and leaves its outputs there, beside its computing.
   */
  private static double seconds(Step step, DeviceProfile device) {
    if (step.action() instanceof Step.Action.Host) {
      return Double.POSITIVE_INFINITY;
    }
    long bytes = moved(step);
    boolean spills = bytes > device.limits().cacheBytes() / 2;
    return step.seconds() + (spills ? bytes / device.speed().bandwidth() : 0);
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
