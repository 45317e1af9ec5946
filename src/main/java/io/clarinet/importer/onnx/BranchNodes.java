package io.clarinet.importer.onnx;

import io.clarinet.graph.Node;
import io.clarinet.op.Branch;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Fact;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes the nodes of a conditional's branches out of the graph that an import makes. All are the
 * import's own collections.
 *
 * @param defined names of values
 */
record BranchNodes(
    List<Node> nodes,
    Map<String, Constant> constants,
    Set<String> defined,
    KnownFacts facts,
    FloatTypes types) {

  /** Where a branch begins. */
  int mark() {
    return nodes.size();
  }

  /** Takes the nodes since a mark out of the graph, as a branch with these results. */
  Branch branch(int mark, List<String> results) {
    List<Node> since = nodes.subList(mark, nodes.size());
    List<Branch.Call> calls = new ArrayList<>();
    Set<String> made = new HashSet<>();
    Set<String> parameters = new LinkedHashSet<>();
    for (Node node : since) {
      node.inputs().stream().filter(i -> !made.contains(i)).forEach(parameters::add);
      made.addAll(node.outputs());
      calls.add(new Branch.Call(node.name(), node.op(), node.inputs(), node.outputs()));
    }
    since.clear();
    results.stream().map(types::read).filter(r -> !made.contains(r)).forEach(parameters::add);
    return new Branch(List.copyOf(parameters), calls, results.stream().map(types::read).toList());
  }

  /** The inputs of a conditional: its condition, and what its branches read. */
  List<String> operands(String condition, Branch then, Branch otherwise) {
    List<String> inputs = new ArrayList<>(List.of(condition));
    inputs.addAll(then.parameters());
    inputs.addAll(otherwise.parameters());
    for (String input : inputs) {
      Constant constant = constants.get(input);
      if (constant != null && defined.add(input)) {
        facts.put(input, Fact.of(constant));
      }
    }
    return inputs;
  }
}
