package io.clarinet.cli;

import io.clarinet.report.Explanation;
import io.clarinet.report.Explanation.StepInfo;
import io.clarinet.report.StepCost;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    Map<String, Layer> layers = new LinkedHashMap<>();
    for (int i = 0; i < plan.steps().size(); i++) {
      StepInfo step = plan.steps().get(i);
      double seconds = measured == null ? Double.NaN : measured.steps()[i];
      Layer one = new Layer(step, 1, step.predictedSeconds(), seconds, step.cost());
      layers.merge(one.name() + one.step.kernel(), one, Layer::and);
    }
    return new ArrayList<>(layers.values());
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
            a.floorSeconds() + b.floorSeconds(),
            a.weightsBytes(),
            a.packedBytes(),
            a.unexpanded()));
  }

  String name() {
    return step.layer();
  }

  /** Shape and layout of what each part makes. */
  String output() {
    return parts == 1 ? step.output() : parts + " of " + step.output();
  }
}
