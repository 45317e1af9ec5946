package io.clarinet.cli;

import io.clarinet.report.Explanation;
import io.clarinet.report.Explanation.StepInfo;
import io.clarinet.report.StepCost;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The steps that run one layer, one for each part of a batch that is split; times of all together.
 *
 * @param step one of them
 * @param parts number of steps
 * @param seconds measured; NaN if nothing was
 */
record Layer(StepInfo step, int parts, double predictedSeconds, double seconds, StepCost cost) {

  /** In the order of their first steps. */
  static List<Layer> of(Explanation plan, @Nullable Measured measured) {
    List<Layer> steps = new ArrayList<>();
    for (int i = 0; i < plan.steps().size(); i++) {
      StepInfo step = plan.steps().get(i);
      double seconds = measured == null ? Double.NaN : measured.steps()[i];
      steps.add(new Layer(step, 1, step.predictedSeconds(), seconds, step.cost()));
    }
    return joined(steps, step -> step.name() + step.kernel());
  }

  /** Those with the same key as one, in the order of the first of each. */
  static List<Layer> joined(List<Layer> layers, Function<Layer, String> key) {
    Map<String, Layer> joined = new LinkedHashMap<>();
    layers.forEach(layer -> joined.merge(key.apply(layer), layer, Layer::and));
    return new ArrayList<>(joined.values());
  }

  private Layer and(Layer more) {
    StepCost a = cost;
    StepCost b = more.cost;
    return new Layer(
        step,
        parts + more.parts,
        predictedSeconds + more.predictedSeconds,
        seconds + more.seconds,
        new StepCost(
            a.flops() + b.flops(),
            a.multipliedFlops() + b.multipliedFlops(),
            a.bytes() + b.bytes(),
            a.floor().and(b.floor()),
            a.weightsBytes(),
            a.packedBytes(),
            a.unexpanded()));
  }

  String name() {
    return step.layer();
  }

  String kernel() {
    return step.kernel();
  }

  boolean isOnHost() {
    return step.where().equals("host");
  }

  /** Seconds that it took, or, where nothing was measured, should take. */
  double time() {
    return Double.isNaN(seconds) ? predictedSeconds : seconds;
  }

  Rate rate(Explanation plan) {
    return Rate.of(cost, time(), plan);
  }

  /** Shape and layout of what each part makes. */
  String output() {
    return parts == 1 ? step.output() : parts + " of " + step.output();
  }
}
