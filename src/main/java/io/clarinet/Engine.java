package io.clarinet;

import io.clarinet.backend.cpu.CpuBackend;
import io.clarinet.backend.cpu.CpuKernels;
import io.clarinet.backend.opencl.OpenCl;
import io.clarinet.backend.opencl.OpenClBackend;
import io.clarinet.backend.opencl.OpenClOptions;
import io.clarinet.backend.opencl.Selection;
import io.clarinet.graph.Graph;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.plan.Backend;
import io.clarinet.plan.DeviceException;
import io.clarinet.plan.Executable;
import io.clarinet.plan.KernelRejectedException;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Planner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An opened device with the planner for it; a kernel that fails to build is planned around. */
final class Engine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
  private final Backend backend;
  private final Planner planner;
  private DeviceProfile profile;

  private Engine(Backend backend, Planner planner) {
    this.backend = backend;
    this.planner = planner;
    this.profile = backend.profile();
  }

  /** A plan and its executable. */
  record Ready(Graph graph, Plan plan, Executable executable) {}

  static Engine on(Device device) {
    return device.isCpu()
        ? new Engine(CpuBackend.open(), new Planner(CpuKernels.best()::of, op -> op::reference))
        : new Engine(openCl(device), Planner.openCl());
  }

  private static Backend openCl(Device device) {
    if (OpenCl.installation().select(device.id()) instanceof Selection.Chosen chosen) {
      return OpenClBackend.open(chosen.device(), OpenClOptions.fromProperties());
    }
    throw new DeviceException(device + " is not there any more");
  }

  /** The graph with its batch in parts where the device runs these faster. */
  synchronized Graph split(Graph graph) {
    return BatchParts.split(graph, profile, part -> planner.plan(part, profile));
  }

  /** Plans and loads; each kernel that the device rejects is struck off and planned around. */
  synchronized Ready prepare(Graph graph) {
    while (true) {
      Plan plan = planner.plan(graph, profile);
      try {
        return new Ready(graph, plan, backend.load(plan));
      } catch (KernelRejectedException e) {
        if (profile.struckOff().containsKey(e.kernel())) {
          throw e;
        }
        LOG.warn("Kernel {} is not used on {}: {}", e.kernel(), profile.name(), e.getMessage());
        profile = profile.without(e.kernel(), String.valueOf(e.getMessage()));
      }
    }
  }

  @Override
  public void close() {
    backend.close();
  }
}
