package io.clarinet.backend.opencl;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.IndexCheck;
import io.clarinet.kernel.Launch;
import io.clarinet.kernel.Work;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive steps of a plan, to be run one by one or as one launch.
 *
 * @param chain the program that runs them as one launch, or null
 */
record Segment(List<Step> steps, @Nullable ChainSource chain) {
  /** With fewer launches than this, a program of their own is not worth its compilation. */
  static final int FEWEST = 8;

  Segment {
    steps = List.copyOf(steps);
  }

  /** All steps of a plan in order; as one launch what can be, where the device is a CPU. */
  static List<Segment> of(Plan plan, KernelSource sources, boolean mayChain) {
    DeviceProfile device = plan.device();
    boolean chains =
        mayChain
            && device.kind() == DeviceProfile.Kind.CPU
            && !device.struckOff().containsKey(ChainSource.ENTRY);
    List<Segment> segments = new ArrayList<>();
    List<Step> run = new ArrayList<>();
    boolean accepted = false;
    for (Step step : plan.steps()) {
      boolean accepts = chains && accepts(step, sources);
      if (accepts != accepted) {
        add(segments, run, accepted, sources);
        run.clear();
      }
      accepted = accepts;
      run.add(step);
    }
    add(segments, run, accepted, sources);
    return segments;
  }

  private static void add(
      List<Segment> segments, List<Step> run, boolean accepted, KernelSource sources) {
    if (!run.isEmpty()) {
      List<Launch> launches = launches(run);
      boolean chained = accepted && launches.size() >= FEWEST;
      segments.add(new Segment(run, chained ? ChainSource.of(launches, sources) : null));
    }
  }

  private static boolean accepts(Step step, KernelSource sources) {
    return step.action() instanceof Step.Action.Device
        && check(step) == null
        && launches(step).stream().allMatch(sources::chains);
  }

  /** The check of the indices that a step reads, after which the host must look; or null. */
  static @Nullable IndexCheck check(Step step) {
    return step.action() instanceof Step.Action.Device device
            && device.work() instanceof Work.Launches work
        ? work.check()
        : null;
  }

  /** A step's launches; none if it runs on the host. */
  static List<Launch> launches(Step step) {
    if (!(step.action() instanceof Step.Action.Device device)) {
      return List.of();
    }
    if (device.work() instanceof Work.Launches work) {
      return work.launches();
    }
    throw new IllegalArgumentException(
        "step \"" + step.node() + "\" is planned for the JVM, not for an OpenCL device");
  }

  private static List<Launch> launches(List<Step> steps) {
    return steps.stream().flatMap(step -> launches(step).stream()).toList();
  }

  /** The launches of all steps. */
  List<Launch> launches() {
    return launches(steps);
  }
}
