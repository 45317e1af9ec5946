package io.clarinet;

import io.clarinet.graph.Graph;
import io.clarinet.graph.Node;
import io.clarinet.graph.ReferenceRunner;
import io.clarinet.op.Fact;
import io.clarinet.plan.Executable;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Step;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares every value that a device computes with the reference's. */
final class LayerCheck {
  private LayerCheck() {}

  /**
   * @param original the graph before any pass, which the reference runs
   * @param lean the graph that the device runs; its values are some of the original's
   */
  static Verification run(Graph original, Graph lean, Engine engine, List<Tensor> inputs) {
    Graph open = withEveryValueAsOutput(lean);
    Map<String, Tensor> expected = reference(original, open.outputs(), inputs);
    Engine.Ready ready = engine.prepare(open);
    List<Tensor> results = Session.outputs(ready.plan());
    try (Executable executable = ready.executable()) {
      executable.run(inputs, results);
    }
    return compare(ready.plan(), open, results, expected);
  }

  private static Graph withEveryValueAsOutput(Graph lean) {
    Map<String, Fact> facts = lean.facts();
    List<String> outputs = new ArrayList<>();
    for (Node node : lean.nodes()) {
      for (String value : node.outputs()) {
        Fact fact = facts.get(value);
        if (fact != null && fact.type() == ElementType.FLOAT32 && !fact.isConstant()) {
          outputs.add(value);
        }
      }
    }
    return new Graph(
        lean.name(), lean.inputs(), outputs, lean.constants(), lean.nodes(), lean.metadata());
  }

  private static Map<String, Tensor> reference(
      Graph original, List<String> wanted, List<Tensor> inputs) {
    Map<String, Tensor> named = new HashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      named.put(original.inputs().get(i).name(), inputs.get(i));
    }
    Map<String, Tensor> values = new HashMap<>();
    new ReferenceRunner(original)
        .run(
            named,
            (name, value) -> {
              if (wanted.contains(name)) {
                values.put(name, value);
              }
            });
    return values;
  }

  private static Verification compare(
      Plan plan, Graph open, List<Tensor> results, Map<String, Tensor> expected) {
    Map<String, Node> producers = open.producers();
    Map<String, String> kernels = new HashMap<>();
    for (Step step : plan.steps()) {
      kernels.putIfAbsent(step.node(), step.kernel());
    }
    List<Verification.Layer> layers = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      String value = open.outputs().get(i);
      Node node = producers.get(value);
      Tensor want = expected.get(value);
      if (node != null && want != null) {
        layers.add(
            new Verification.Layer(
                value,
                node.op().name(),
                kernels.getOrDefault(node.name(), "in place"),
                relativeError(results.get(i), want)));
      }
    }
    return new Verification(layers);
  }

  /** max|y − r| / max|r|; NaN if any element of y is NaN and r's is not, or the other way round. */
  private static double relativeError(Tensor y, Tensor r) {
    double worst = 0;
    double scale = 0;
    for (long i = 0; i < r.shape().size(); i++) {
      double have = y.doubleAt(i);
      double want = r.doubleAt(i);
      if (Double.isNaN(have) != Double.isNaN(want)) {
        return Double.NaN;
      }
      if (have != want && !Double.isNaN(want)) {
        worst = Math.max(worst, Math.abs(have - want));
      }
      scale =
          Double.isInfinite(want) || Double.isNaN(want) ? scale : Math.max(scale, Math.abs(want));
    }
    return scale == 0 ? worst : worst / scale;
  }
}
