package io.clarinet.report;

import io.clarinet.backend.Span;
import io.clarinet.graph.Graph;
import io.clarinet.pass.Passes;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Step;
import io.clarinet.tensor.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reports of plans, which show nothing of how a plan is made. */
public final class Reports {
  private Reports() {}

  /** The events of a run of a plan. */
  public static Timeline timeline(Plan plan, List<Span> spans) {
    return new Timeline(
        plan.steps().size(), spans.stream().map(s -> event(s, plan.steps())).toList());
  }

  private static Timeline.Event event(Span span, List<Step> steps) {
    String node = span.step() == Span.NO_STEP ? span.name() : steps.get(span.step()).node();
    String kind = span.kind().name().toLowerCase(Locale.ROOT);
    return new Timeline.Event(kind, span.step(), node, span.name(), span.start(), span.seconds());
  }

  /**
   * The plan of a model.
   *
   * @param lean the graph after the passes, and their effects
   * @param graph the planned graph
   */
  public static Explanation explanation(
      String model, String device, Passes.Result lean, Graph graph, Plan plan) {
    Map<String, Fact> facts = graph.facts();
    return new Explanation(
        model,
        device,
        effects(lean, graph),
        plan.steps().stream().map(s -> info(s, StepCost.of(s, plan, graph, facts), plan)).toList(),
        plan.arenaTotal(),
        plan.packedTotal(),
        Roofline.floor(lean.graph()),
        plan.device().speed().peakFlops(),
        plan.device().speed().bandwidth(),
        plan.device().speed().isMeasured());
  }

  private static List<Explanation.PassEffect> effects(Passes.Result lean, Graph planned) {
    List<Explanation.PassEffect> effects = new ArrayList<>();
    lean.effects()
        .forEach(
            e ->
                effects.add(new Explanation.PassEffect(e.pass(), e.nodesBefore(), e.nodesAfter())));
    int before = lean.graph().nodes().size();
    effects.add(new Explanation.PassEffect("split batch", before, planned.nodes().size()));
    return effects;
  }

  private static Explanation.StepInfo info(Step step, StepCost cost, Plan plan) {
    String output =
        step.outputs().isEmpty()
            ? ""
            : step.outputs().get(0).shape() + " " + step.outputs().get(0).layout();
    return new Explanation.StepInfo(
        step.node(),
        step.layer().name(),
        step.op(),
        step.kernel(),
        step.action() instanceof Step.Action.Host ? "host" : "device",
        output,
        step.seconds(),
        step.declined().stream().map(d -> new Explanation.Refusal(d.kernel(), d.reason())).toList(),
        cost,
        DeviceLoad.of(step, cost, plan.device()));
  }
}
