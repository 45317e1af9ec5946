package io.clarinet.engine;

import io.clarinet.backend.DeviceException;
import io.clarinet.graph.Graph;
import io.clarinet.kernel.DeviceLimits;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.pass.SplitBatch;
import io.clarinet.plan.Plan;
import io.clarinet.plan.PlanException;
import io.clarinet.tensor.Fact;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Parts of a batch that a GPU's memory holds, one after the other: halves, and halves of these. Its
 * inputs, outputs and weights stay whole.
 */
final class MemoryParts {
  /** Room for padded channels, and for values that no other may replace. */
  private static final int VALUES = 2;

  /** Growth of weights in the order of any kernel. */
  private static final int PACKED = 6;

  private final Graph graph;
  private final DeviceProfile device;
  private final Function<Graph, Plan> planner;

  MemoryParts(Graph graph, DeviceProfile device, Function<Graph, Plan> planner) {
    this.graph = graph;
    this.device = device;
    this.planner = planner;
  }

  /**
   * The graph in the fewest parts that fit, but at least so many; empty if it has no more.
   *
   * @param least a power of two; with 1 the graph itself is tried first
   * @throws DeviceException if it has parts, and none of them fits
   */
  Optional<Graph> atLeast(int least) {
    if (least == 1 && surelyFits()) {
      return Optional.of(graph);
    }
    DeviceException failure = null;
    for (int parts = least; mayBe(parts); parts *= 2) {
      Graph split = in(parts);
      try {
        requireRoom(planner.apply(split));
        return Optional.of(split);
      } catch (PlanException e) {
        failure = DeviceException.outOfMemory(String.valueOf(e.getMessage()), e);
      } catch (DeviceException e) {
        failure = e;
      }
    }
    if (failure == null) {
      return Optional.empty();
    }
    throw failure;
  }

  private boolean mayBe(int parts) {
    int batch = BatchParts.batch(graph);
    return parts == 1
        || (batch % parts == 0
            && BatchParts.runs(graph, batch)
            && BatchParts.runs(BatchParts.withItems(graph, batch / parts), batch / parts));
  }

  private Graph in(int parts) {
    int batch = BatchParts.batch(graph);
    int nodes = graph.nodes().size();
    return parts == 1
        ? graph
        : new SplitBatch(
                batch,
                List.of(
                    new SplitBatch.Level(batch / parts, nodes), new SplitBatch.Level(batch, nodes)))
            .apply(graph);
  }

  private void requireRoom(Plan plan) {
    long needed = plan.laneBytes() + plan.packedTotal();
    long room = device.limits().globalMemoryBytes();
    if (needed > room) {
      throw DeviceException.outOfMemory(
          "%s holds %,d bytes, and %,d are needed: use smaller inputs or fewer of them"
              .formatted(device.name(), room, needed),
          null);
    }
  }

  /**
   * Whether there is room for all values and weights side by side, for which nothing is planned.
   */
  private boolean surelyFits() {
    DeviceLimits limits = device.limits();
    Map<String, Fact> facts = graph.facts();
    double all = 0;
    double largest = 0;
    for (Fact fact : facts.values()) {
      double bytes = (double) fact.shape().size() * fact.type().bytes();
      double most = bytes * (fact.isConstant() ? PACKED : VALUES);
      all += most;
      largest = Math.max(largest, most);
    }
    return all <= limits.globalMemoryBytes() && largest <= limits.maxAllocationBytes();
  }
}
