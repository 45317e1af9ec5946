package io.clarinet.random;

import io.clarinet.graph.Graph;
import io.clarinet.graph.Node;
import io.clarinet.graph.ReferenceRunner;
import io.clarinet.op.ItemsApart;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Operators that say that a batch's items stay apart, against what their references do. */
final class ItemsCheck implements Check {

  @Override
  public String name() {
    return "items apart";
  }

  @Override
  public Map<String, Tensor> run(Problem problem) throws Unsuitable {
    Graph graph = problem.graph();
    Map<String, Tensor> values = new HashMap<>();
    graph.constants().forEach((name, constant) -> values.put(name, constant.tensor()));
    new ReferenceRunner(graph).run(problem.inputs(), values::put);
    Map<String, Fact> facts = graph.facts();
    boolean asked = false;
    for (Node node : graph.nodes()) {
      ItemsApart operator = operator(node, values, facts);
      if (operator.batch() > 1 && operator.said()) {
        asked = true;
        if (!operator.isTrue() || !operator.agreesInPartsOf(1)) {
          throw new AssertionError("items do not stay apart in " + node);
        }
      }
    }
    if (!asked) {
      throw new Unsuitable("no batch whose items stay apart");
    }
    return problem.expected();
  }

  private static ItemsApart operator(
      Node node, Map<String, Tensor> values, Map<String, Fact> facts) {
    List<String> inputs = node.inputs();
    Fact output = facts.get(node.output());
    int batch = output.shape().rank() == 0 ? 0 : output.shape().n();
    Set<Integer> holding =
        IntStream.range(0, inputs.size())
            .filter(i -> !facts.get(inputs.get(i)).isConstant())
            .boxed()
            .collect(Collectors.toSet());
    return new ItemsApart(node.op(), batch, inputs.stream().map(values::get).toList(), holding);
  }
}
