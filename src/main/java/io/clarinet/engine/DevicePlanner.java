package io.clarinet.engine;

import io.clarinet.backend.DeviceException;
import io.clarinet.graph.Graph;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.KernelTable;
import io.clarinet.kernel.gpu.GpuKernels;
import io.clarinet.kernel.jvm.JvmKernels;
import io.clarinet.kernel.opencl.OpenClKernels;
import io.clarinet.op.Op;
import io.clarinet.pass.GatherShuffledChannels;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Planner;
import io.clarinet.plan.Step;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Plans for a device, which need not be here.
 *
 * @param runsStrands whether the device would run a plan's strands side by side
 */
public record DevicePlanner(DeviceProfile device, Planner planner, Predicate<Plan> runsStrands) {

  /** What a transfer over PCI Express 3 takes at least; newer ones are faster. */
  private static final double TRANSFER_SECONDS = 10e-6;

  private static final double TRANSFER_BYTES_PER_SECOND = 10e9;

  /** With the kernels for its kind of device; a CPU is taken for one that runs strands. */
  public static DevicePlanner of(DeviceProfile device) {
    boolean isCpu = device.kind() == DeviceProfile.Kind.CPU;
    return new DevicePlanner(device, new Planner(kernels(device.kind())), plan -> isCpu);
  }

  private static KernelTable<Op> kernels(DeviceProfile.Kind kind) {
    return switch (kind) {
      case CPU -> OpenClKernels.table();
      case GPU -> GpuKernels.table();
      case JVM -> JvmKernels.best();
    };
  }

  /**
   * The graph with its batch in parts where the device runs these faster, or holds no more; for
   * OpenCL CPU devices with shuffled channels gathered.
   *
   * @throws DeviceException if a GPU could not even hold a part
   */
  public Graph split(Graph graph) {
    return switch (device.kind()) {
      case GPU -> parts(graph, 1).orElse(graph);
      case CPU ->
          BatchParts.split(new GatherShuffledChannels().apply(graph), device, planner, runsStrands);
      case JVM -> graph;
    };
  }

  /** The graph in at least so many parts on a GPU; empty where it has no more. */
  Optional<Graph> parts(Graph graph, int least) {
    return device.isGpu()
        ? new MemoryParts(graph, device, this::plan).atLeast(least)
        : Optional.empty();
  }

  /** A plan without the kernels that were struck off. */
  public Plan plan(Graph graph) {
    return planner.plan(graph, device);
  }

  /** Predicted seconds of a run, and of the transfers to memory that is not the host's. */
  double seconds(Graph graph) {
    return seconds(plan(split(graph)));
  }

  /** Predicted seconds of a run of a plan, and of its transfers. */
  double seconds(Plan plan) {
    double steps = plan.steps().stream().mapToDouble(Step::seconds).sum();
    return device.isGpu() && !device.simt().unified() ? steps + transfers(plan) : steps;
  }

  private static double transfers(Plan plan) {
    double seconds = 0;
    for (List<Plan.Binding> bindings : List.of(plan.inputs(), plan.outputs())) {
      for (Plan.Binding binding : bindings) {
        seconds += TRANSFER_SECONDS + binding.bytes() / TRANSFER_BYTES_PER_SECOND;
      }
    }
    return seconds;
  }
}
