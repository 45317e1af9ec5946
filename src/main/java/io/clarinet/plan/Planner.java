package io.clarinet.plan;

import io.clarinet.graph.Graph;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.HostFunction;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.KernelTable;
import io.clarinet.kernel.Reorder;
import io.clarinet.op.Op;
import java.util.List;
import java.util.function.Function;

/**
 * Plans a graph for a device: picks the kernel of lowest predicted cost for each node, in graph
 * order; inserts reorders where neighbours want different layouts; places what no kernel accepts on
 * the host; and lays out memory.
 *
 * @param kernels the ways to run an operator on the planned-for kind of device
 * @param reorders the ways to bring a value into another layout there
 * @param fallback the way to run an operator on the host
 */
public record Planner(
    Function<Op, List<Kernel>> kernels,
    Function<Reorder, List<Kernel>> reorders,
    Function<Op, HostFunction> fallback) {

  /** A planner for a target, with operators' references as the fallback. */
  public Planner(KernelTable<Op> table) {
    this(table::of, table::reorders, op -> op::reference);
  }

  /**
   * Plans.
   *
   * @param graph of concrete input shapes
   * @throws io.clarinet.graph.GraphException if a node does not fit its inputs
   * @throws PlanException if the device cannot hold it
   */
  public Plan plan(Graph graph, DeviceProfile device) {
    return new Planning(graph, device, this).run();
  }
}
