package io.clarinet.graph;

import io.clarinet.tensor.Fact;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Finds the inputs of a graph whose values, not only shapes, decide the shapes of others, such as
 * the target of a reshape: they must be bound ({@link Graph#bound}) before a plan can be made.
 */
public final class ShapeInputs {
  private ShapeInputs() {}

  /** Their names, for a graph whose inputs' extents are concrete; empty for nearly all networks. */
  public static Set<String> of(Graph graph) {
    Map<String, Fact> facts = new HashMap<>();
    graph.constants().forEach((name, constant) -> facts.put(name, Fact.of(constant)));
    graph.inputs().forEach(i -> facts.put(i.name(), Fact.of(i.type(), i.shape(0))));
    Map<String, Node> producers = graph.producers();
    Set<String> found = new LinkedHashSet<>();
    for (Node node : graph.nodes()) {
      if (!facts.keySet().containsAll(node.inputs())) {
        continue;
      }
      List<Fact> inputs = new ArrayList<>();
      node.inputs().forEach(i -> inputs.add(Objects.requireNonNull(facts.get(i))));
      try {
        List<Fact> results = Graph.settled(node, inputs);
        for (int i = 0; i < results.size(); i++) {
          facts.put(node.outputs().get(i), results.get(i));
        }
      } catch (GraphException e) {
        if (!e.needsValue()) {
          throw e;
        }
        List<String> parameters =
            node.inputs().subList(node.inputs().size() > 1 ? 1 : 0, inputs.size());
        parameters.forEach(p -> trace(p, graph, producers, found));
      }
    }
    return found;
  }

  private static void trace(
      String value, Graph graph, Map<String, Node> producers, Set<String> found) {
    Deque<String> open = new ArrayDeque<>(List.of(value));
    Set<String> seen = new LinkedHashSet<>();
    while (!open.isEmpty()) {
      String next = open.remove();
      if (seen.add(next)) {
        Node producer = producers.get(next);
        if (producer != null) {
          open.addAll(producer.inputs());
        } else if (graph.input(next) != null) {
          found.add(next);
        }
      }
    }
  }
}
