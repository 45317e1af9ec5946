package io.clarinet.engine;

import io.clarinet.backend.jvm.JvmBackend;
import io.clarinet.backend.jvm.JvmOptions;
import io.clarinet.backend.jvm.KeptWidth;
import io.clarinet.graph.Graph;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.jvm.JvmProfile;
import io.clarinet.kernel.jvm.Probes;
import io.clarinet.kernel.jvm.WarmUp;
import io.clarinet.plan.Plan;
import io.clarinet.plan.PlanException;
import io.clarinet.report.Roofline;
import java.util.OptionalDouble;

/** The JVM as a device, which needs no driver. */
public final class Jvm {
  private Jvm() {}

  /**
   * Opens it; its kernels are compiled meanwhile, at the latest before the first plan is loaded. At
   * its first use on a kind of processor the width of its vectors is chosen by measurement, in
   * another process.
   */
  public static JvmBackend open(JvmOptions options) {
    int threads = options.threads();
    KeptWidth kept = new KeptWidth(JvmProfile.widths());
    if (!kept.isKept()) {
      WidthProcess.run(threads);
    }
    int width = kept.known();
    DeviceProfile profile = JvmProfile.of(threads, width);
    WarmUp warmUp = WarmUp.of(width);
    return JvmBackend.open(
        profile,
        options,
        new JvmBackend.Compiled(
            warmUp::await,
            () -> Probes.arithmetic(threads, width),
            () -> Probes.memory(threads, width)));
  }

  /**
   * Predicted seconds of a run on the cores of a CPU device that another target uses; nothing is
   * opened or measured. Empty where the JVM could not hold the graph, or its floor alone is longer
   * than some seconds.
   */
  static OptionalDouble predicted(Graph graph, DeviceProfile cores, double most) {
    DeviceProfile profile = JvmProfile.on(cores, new KeptWidth(JvmProfile.widths()).known());
    if (Roofline.seconds(graph, profile) > most) {
      return OptionalDouble.empty();
    }
    try {
      DevicePlanner planner = DevicePlanner.of(profile);
      Plan plan = planner.plan(planner.split(graph));
      long bytes = plan.laneBytes() + plan.packedTotal();
      return bytes > profile.limits().globalMemoryBytes() / 2
          ? OptionalDouble.empty()
          : OptionalDouble.of(planner.seconds(plan));
    } catch (PlanException e) {
      return OptionalDouble.empty();
    }
  }
}
