package io.clarinet;

import io.clarinet.pass.Passes;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Step;
import java.util.List;

/**
 * How a model runs at one input shape on one device.
 *
 * @param passes what each graph rewrite did
 * @param arenaBytes memory for values while it runs
 * @param weightsBytes memory for packed constants
 */
public record Explanation(
    String model,
    Device device,
    List<PassEffect> passes,
    List<StepInfo> steps,
    long arenaBytes,
    long weightsBytes) {

  /** What a graph rewrite did. */
  public record PassEffect(String pass, int nodesBefore, int nodesAfter) {}

  /**
   * One step of a run.
   *
   * @param node name of the graph node
   * @param kernel the chosen kernel
   * @param where {@code device} or {@code host}
   * @param output shape and layout of what it makes
   * @param predictedSeconds the cost by which it was chosen
   */
  public record StepInfo(
      String node,
      String op,
      String kernel,
      String where,
      String output,
      double predictedSeconds,
      List<Refusal> declined) {}

  /** A kernel that was not chosen, and why. */
  public record Refusal(String kernel, String reason) {}

  static Explanation of(String model, Device device, List<Passes.Effect> effects, Plan plan) {
    return new Explanation(
        model,
        device,
        effects.stream()
            .map(e -> new PassEffect(e.pass(), e.nodesBefore(), e.nodesAfter()))
            .toList(),
        plan.steps().stream().map(Explanation::info).toList(),
        plan.arenaTotal(),
        plan.packedTotal());
  }

  private static StepInfo info(Step step) {
    String output =
        step.outputs().isEmpty()
            ? ""
            : step.outputs().get(0).shape() + " " + step.outputs().get(0).layout();
    return new StepInfo(
        step.node(),
        step.op(),
        step.kernel(),
        step.action() instanceof Step.Action.Host ? "host" : "device",
        output,
        step.seconds(),
        step.declined().stream().map(d -> new Refusal(d.kernel(), d.reason())).toList());
  }
}
