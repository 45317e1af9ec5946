package io.clarinet.engine;

import io.clarinet.backend.KernelRejectedException;
import io.clarinet.event.Fallback;
import io.clarinet.event.PlanBuild;
import io.clarinet.event.StrikeOff;
import io.clarinet.observe.Topic;
import io.clarinet.plan.Step;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells how plans are made. */
final class PlanNews {
  /** Steps that are named one by one. */
  private static final int NAMED = 10;

  private PlanNews() {}

  /** Makes a plan, and tells of it and of its steps that stay on the host. */
  static Ready during(Subject subject, Supplier<Ready> making) {
    Ready made =
        Topic.COMPILE.during(
            making, (ready, duration, failure) -> build(subject, ready, duration, failure));
    if (!hostSteps(made).isEmpty()) {
      Topic.FALLBACK.tell(
          () -> new Fallback(subject.model(), subject.device(), "host", list(hostSteps(made))));
    }
    return made;
  }

  private static PlanBuild build(
      Subject subject, @Nullable Ready ready, Duration duration, String failure) {
    return new PlanBuild(
        subject.model(),
        subject.device(),
        subject.shapes(),
        ready == null ? 0 : ready.plan().steps().size(),
        ready == null ? 0 : hostSteps(ready).size(),
        ready == null ? 0 : ready.plan().packedTotal(),
        ready == null ? 0 : ready.plan().laneBytes(),
        duration,
        failure);
  }

  private static List<Step> hostSteps(Ready ready) {
    return ready.plan().steps().stream()
        .filter(step -> step.action() instanceof Step.Action.Host)
        .toList();
  }

  private static String list(List<Step> steps) {
    String named =
        steps.stream()
            .limit(NAMED)
            .map(step -> step.node() + " (" + step.op() + ")")
            .collect(Collectors.joining(", "));
    String more = steps.size() > NAMED ? " and " + (steps.size() - NAMED) + " more" : "";
    return "no kernel takes " + named + more;
  }

  /** Tells of a kernel that is not used any more. */
  static void struckOff(Subject subject, KernelRejectedException rejection) {
    Topic.STRIKE_OFF.tell(
        () ->
            new StrikeOff(
                subject.model(),
                rejection.kernel(),
                subject.device(),
                String.valueOf(rejection.getMessage())));
  }
}
