package io.clarinet.pass;

import io.clarinet.graph.Graph;
import io.clarinet.graph.Node;
import io.clarinet.op.Op;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Tells whether a graph keeps the items of a batch independent. */
public final class BatchItems {
  private BatchItems() {}

  /**
   * Whether each item's outputs depend on that item alone: every operator keeps items apart ({@link
   * Op#keepsItemsApart}), and every value but the constants has the batch for its first axis.
   */
  public static boolean areIndependent(Graph graph, int batch) {
    Map<String, Fact> facts = graph.facts();
    return facts(graph.inputs().stream().map(i -> i.name()), facts).allMatch(f -> holds(f, batch))
        && facts(graph.outputs().stream(), facts).allMatch(f -> holds(f, batch))
        && graph.nodes().stream().allMatch(node -> keepsItemsApart(node, facts, batch));
  }

  private static boolean keepsItemsApart(Node node, Map<String, Fact> facts, int batch) {
    List<Fact> inputs = facts(node.inputs().stream(), facts).toList();
    List<Fact> outputs = facts(node.outputs().stream(), facts).toList();
    return inputs.stream().allMatch(f -> f.isConstant() || holds(f, batch))
        && outputs.stream().allMatch(f -> holds(f, batch))
        && node.op().keepsItemsApart(inputs, outputs);
  }

  private static boolean holds(Fact fact, int batch) {
    Shape shape = fact.shape();
    return shape.rank() > 0 && shape.n() == batch;
  }

  private static Stream<Fact> facts(Stream<String> values, Map<String, Fact> facts) {
    return values.map(value -> Objects.requireNonNull(facts.get(value), value));
  }
}
