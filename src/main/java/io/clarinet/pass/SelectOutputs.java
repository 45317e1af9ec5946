package io.clarinet.pass;

import io.clarinet.file.NearNames;
import io.clarinet.graph.Graph;
import io.clarinet.graph.GraphException;
import io.clarinet.graph.Node;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Other outputs for a graph, any of its values; nodes that these do not need go. */
public final class SelectOutputs {
  private SelectOutputs() {}

  /**
   * The graph with these outputs; its inputs stay, needed or not.
   *
   * @throws GraphException if a name is no value of the graph, with the nearest that are, or comes
   *     twice; or if there is none
   */
  public static Graph apply(Graph graph, List<String> outputs) {
    if (outputs.isEmpty()) {
      throw new GraphException(graph.name() + " needs an output; name one of its values");
    }
    Set<String> values = values(graph);
    Set<String> seen = new HashSet<>();
    for (String output : outputs) {
      if (!values.contains(output)) {
        throw new GraphException(
            "%s has no value \"%s\"%s".formatted(graph.name(), output, near(output, graph)));
      }
      if (!seen.add(output)) {
        throw new GraphException("output \"" + output + "\" is named twice");
      }
    }
    return new RemoveUnused()
        .apply(
            new Graph(
                graph.name(),
                graph.inputs(),
                outputs,
                graph.constants(),
                graph.nodes(),
                graph.metadata()));
  }

  private static Set<String> values(Graph graph) {
    Set<String> values = new LinkedHashSet<>();
    graph.nodes().forEach(node -> values.addAll(node.outputs()));
    graph.inputs().forEach(input -> values.add(input.name()));
    values.addAll(graph.constants().keySet());
    return values;
  }

  /** The values of the node of this name, else those spelt like it. */
  private static String near(String name, Graph graph) {
    for (Node node : graph.nodes()) {
      if (node.name().equals(name)) {
        return "; the node of this name makes \"" + String.join("\", \"", node.outputs()) + "\"";
      }
    }
    return NearNames.text(name, values(graph));
  }
}
