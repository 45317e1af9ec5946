package io.clarinet.engine;

import io.clarinet.graph.Graph;
import io.clarinet.graph.Node;
import io.clarinet.graph.ReferenceRunner;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Step;
import io.clarinet.report.Verification;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.RelativeError;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Compares every value that a device computes with the reference's. */
public final class LayerCheck {
  private final Graph graph;
  private final List<Tensor> inputs;
  private final Map<String, Tensor> expected;

  /**
   * Runs the reference.
   *
   * @param original the graph before any pass, which the reference runs
   * @param lean the graph that the device runs; its values are some of the original's
   */
  public LayerCheck(Graph original, Graph lean, List<Tensor> inputs) {
    this.graph = withEveryValueAsOutput(lean);
    this.inputs = inputs;
    this.expected = reference(original, graph.outputs(), inputs);
  }

  /** The graph for the device to run: every value is an output. */
  public Graph graph() {
    return graph;
  }

  /** Runs the device and compares. */
  public Verification run(Ready ready) {
    return compare(ready.plan(), ready.run(inputs));
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

  private Verification compare(Plan plan, List<Tensor> results) {
    Map<String, Node> producers = graph.producers();
    IdentityHashMap<Node, String> kernels = new IdentityHashMap<>();
    for (Step step : plan.steps()) {
      int node = step.layer().node();
      if (node != Step.Layer.NO_NODE) {
        kernels.put(graph.nodes().get(node), step.kernel());
      }
    }
    List<Verification.Layer> layers = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      String value = graph.outputs().get(i);
      Node node = producers.get(value);
      Tensor want = expected.get(value);
      if (node != null && want != null) {
        layers.add(
            new Verification.Layer(
                value,
                node.op().name(),
                kernels.getOrDefault(node, "in place"),
                RelativeError.of(results.get(i), want)));
      }
    }
    return new Verification(layers);
  }
}
