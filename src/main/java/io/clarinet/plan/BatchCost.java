package io.clarinet.plan;

import io.clarinet.graph.Graph;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Work;
import java.util.LinkedHashSet;
import java.util.Set;

/** Predicted times of a plan's nodes, including memory traffic of values that no cache holds. */
public final class BatchCost {
  /** What cores that run one launch wait for the slower of them. */
  private static final double MEETING_SECONDS = 4e-6;

  /** Time of reading what another core has written, as a share of a launch's. */
  private static final double SHARED = 0.02;

  private BatchCost() {}

  /**
   * Predicted seconds by node, in graph order; a reorder counts for the node that it is made for.
   * Infinite for what runs on the host.
   *
   * @param meet whether cores that run one launch wait for each other before the next
   */
  public static double[] seconds(Plan plan, Graph graph, boolean meet) {
    double[] seconds = new double[graph.nodes().size()];
    double pending = 0;
    for (Step step : plan.steps()) {
      double own = seconds(step, plan.device());
      pending += meet ? own * (1 + SHARED) + launches(step) * MEETING_SECONDS : own;
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

  private static int launches(Step step) {
    return step.action() instanceof Step.Action.Device device
            && device.work() instanceof Work.Launches work
        ? work.launches().size()
        : 0;
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
