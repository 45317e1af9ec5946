package io.clarinet.plan;

import io.clarinet.graph.Graph;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.HostFunction;
import io.clarinet.op.Kernel;
import io.clarinet.op.Op;
import java.util.List;
import java.util.function.Function;

/**
 * Plans a graph for a device: picks the kernel of lowest predicted cost for each node, in graph
 * order; inserts reorders where neighbours want different layouts; places what no kernel accepts on
 * the host; and lays out memory.
 */
public final class Planner {
  private final Function<Op, List<Kernel>> kernels;
  private final Function<Op, HostFunction> fallback;

  /**
   * @param kernels the ways to run an operator on the planned-for kind of device
   * @param fallback the way to run one on the host
   */
  public Planner(Function<Op, List<Kernel>> kernels, Function<Op, HostFunction> fallback) {
    this.kernels = kernels;
    this.fallback = fallback;
  }

  /** A planner for OpenCL devices, with operators' references as the fallback. */
  public static Planner openCl() {
    return new Planner(Op::kernels, op -> op::reference);
  }

  /**
   * Plans.
   *
   * @param graph of concrete input shapes
   * @throws io.clarinet.graph.GraphException if a node does not fit its inputs
   * @throws PlanException if the device cannot hold it
   */
  public Plan plan(Graph graph, DeviceProfile device) {
    return new Planning(graph, device, kernels, fallback).run();
  }
}
