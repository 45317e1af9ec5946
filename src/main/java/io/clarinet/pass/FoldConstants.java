package io.clarinet.pass;

import io.clarinet.graph.Graph;
import io.clarinet.graph.Node;
import io.clarinet.op.Op;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Nodes whose result is known become constants: where the operator's facts rule knows it, or where
 * all inputs are known and take at most 64 MB, the outputs 1 MB.
 */
public final class FoldConstants implements Pass {
  private static final long LIMIT_BYTES = 1 << 20;
  private static final long INPUT_LIMIT_BYTES = 64 << 20;
  private final Map<String, Known> memory = new HashMap<>();

  private record Known(Op op, List<Constant> inputs, List<Constant> outputs) {}

  @Override
  public Graph apply(Graph graph) {
    Map<String, Fact> facts = new HashMap<>();
    graph.constants().forEach((name, constant) -> facts.put(name, Fact.of(constant)));
    graph.inputs().forEach(i -> facts.put(i.name(), Fact.of(i.type(), i.shape(0))));
    Map<String, Constant> constants = new LinkedHashMap<>(graph.constants());
    List<Node> kept = new ArrayList<>();
    for (Node node : graph.nodes()) {
      List<Fact> outputs = fold(node, facts);
      boolean known = outputs.stream().allMatch(Fact::isConstant);
      for (int i = 0; i < outputs.size(); i++) {
        String name = node.outputs().get(i);
        facts.put(name, outputs.get(i));
        if (known) {
          constants.put(name, Objects.requireNonNull(outputs.get(i).constant()));
        }
      }
      if (!known) {
        kept.add(node);
      }
    }
    return kept.size() == graph.nodes().size() ? graph : graph.with(constants, kept);
  }

  private List<Fact> fold(Node node, Map<String, Fact> facts) {
    List<Fact> inputs =
        node.inputs().stream().map(i -> Objects.requireNonNull(facts.get(i), i)).toList();
    List<Fact> outputs = Graph.infer(node, inputs);
    boolean inferred = outputs.stream().allMatch(Fact::isConstant);
    if (!inputs.stream().allMatch(Fact::isConstant) || (!inferred && !isWorthIt(inputs, outputs))) {
      return outputs;
    }
    return computed(node, inputs, outputs, inferred);
  }

  private static boolean isWorthIt(List<Fact> inputs, List<Fact> outputs) {
    return inputs.stream().allMatch(input -> takesAtMost(input, INPUT_LIMIT_BYTES))
        && outputs.stream().allMatch(output -> takesAtMost(output, LIMIT_BYTES));
  }

  private static boolean takesAtMost(Fact fact, long bytes) {
    return fact.shape().size() <= bytes / fact.type().bytes();
  }

  /** Computed once for equal inputs, so that a constant keeps its identity between shapes. */
  private synchronized List<Fact> computed(
      Node node, List<Fact> inputs, List<Fact> outputs, boolean inferred) {
    List<Constant> sources = constants(inputs);
    Known before = memory.get(node.output());
    if (before == null || !before.op().equals(node.op()) || !before.inputs().equals(sources)) {
      before =
          new Known(
              node.op(),
              sources,
              inferred ? constants(outputs) : evaluated(node, sources, outputs));
      memory.put(node.output(), before);
    }
    return before.outputs().stream().map(Fact::of).toList();
  }

  private static List<Constant> constants(List<Fact> facts) {
    return facts.stream().map(f -> Objects.requireNonNull(f.constant())).toList();
  }

  private static List<Constant> evaluated(Node node, List<Constant> sources, List<Fact> outputs) {
    List<Tensor> results = outputs.stream().map(f -> Tensor.zeros(f.type(), f.shape())).toList();
    node.op().reference(sources.stream().map(Constant::tensor).toList(), results);
    return List.copyOf(results);
  }
}
