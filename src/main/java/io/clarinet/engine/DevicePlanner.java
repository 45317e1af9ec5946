package io.clarinet.engine;

import io.clarinet.graph.Graph;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.KernelTable;
import io.clarinet.kernel.gpu.GpuKernels;
import io.clarinet.kernel.jvm.JvmKernels;
import io.clarinet.kernel.opencl.OpenClKernels;
import io.clarinet.op.Op;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Planner;

/** Plans for a device, which need not be here. */
public record DevicePlanner(DeviceProfile device, Planner planner) {

  /** With the kernels for its kind of device. */
  public static DevicePlanner of(DeviceProfile device) {
    return new DevicePlanner(device, new Planner(kernels(device.kind())));
  }

  private static KernelTable<Op> kernels(DeviceProfile.Kind kind) {
    return switch (kind) {
      case CPU -> OpenClKernels.table();
      case GPU -> GpuKernels.table();
      case JVM -> JvmKernels.best();
    };
  }

  /** The graph with its batch in parts where the device runs these faster. */
  public Graph split(Graph graph) {
    return BatchParts.split(graph, device, this::plan);
  }

  /** A plan without the kernels that were struck off. */
  public Plan plan(Graph graph) {
    return planner.plan(graph, device);
  }
}
