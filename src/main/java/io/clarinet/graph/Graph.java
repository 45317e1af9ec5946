package io.clarinet.graph;

import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A network: nodes in an order in which they can run, over values identified by name. Immutable and
 * consistent: every value has one producer, which stands before its uses.
 *
 * @param constants known values, weights above all
 * @param metadata the model file's own metadata, such as labels
 */
public record Graph(
    String name,
    List<Input> inputs,
    List<String> outputs,
    Map<String, Constant> constants,
    List<Node> nodes,
    Map<String, String> metadata) {

  public Graph {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    constants = Collections.unmodifiableMap(new LinkedHashMap<>(constants));
    nodes = List.copyOf(nodes);
    metadata = Map.copyOf(metadata);
    check(inputs, outputs, constants, nodes);
  }

  private static void check(
      List<Input> inputs, List<String> outputs, Map<String, Constant> constants, List<Node> nodes) {
    Set<String> defined = new HashSet<>(constants.keySet());
    inputs.forEach(i -> define(defined, i.name()));
    for (Node node : nodes) {
      for (String input : node.inputs()) {
        if (!defined.contains(input)) {
          throw new GraphException(
              node, "reads \"" + input + "\", which nothing before it defines");
        }
      }
      node.outputs().forEach(o -> define(defined, o));
    }
    for (String output : outputs) {
      if (!defined.contains(output)) {
        throw new GraphException("graph output \"" + output + "\" is defined by nothing");
      }
    }
  }

  private static void define(Set<String> defined, String value) {
    if (!defined.add(value)) {
      throw new GraphException("value \"" + value + "\" is defined twice");
    }
  }

  /** This graph with other nodes and constants, as a pass leaves it. */
  public Graph with(Map<String, Constant> otherConstants, List<Node> otherNodes) {
    return new Graph(name, inputs, outputs, otherConstants, otherNodes, metadata);
  }

  /** This graph under the given concrete input shapes, by input name. */
  public Graph specialised(Map<String, Shape> shapes) {
    List<Input> concrete = new ArrayList<>();
    for (Input input : inputs) {
      Shape shape = shapes.get(input.name());
      if (shape == null || !input.accepts(shape)) {
        throw new GraphException("input " + input + " does not accept shape " + shape);
      }
      List<Integer> dims = java.util.Arrays.stream(shape.dims()).boxed().toList();
      concrete.add(new Input(input.name(), input.type(), dims));
    }
    return new Graph(name, concrete, outputs, constants, nodes, metadata);
  }

  /** This graph with some inputs made constants. */
  public Graph bound(Map<String, ? extends Constant> values) {
    Map<String, Constant> known = new LinkedHashMap<>(constants);
    List<Input> open = new ArrayList<>();
    for (Input input : inputs) {
      Constant value = values.get(input.name());
      if (value == null) {
        open.add(input);
      } else {
        known.put(input.name(), value);
      }
    }
    return new Graph(name, open, outputs, known, nodes, metadata);
  }

  /**
   * The facts of every value, by name.
   *
   * @throws GraphException if an input's extents are open, or naming the node that does not fit its
   *     inputs
   */
  public Map<String, Fact> facts() {
    Map<String, Fact> facts = new HashMap<>();
    constants.forEach((value, constant) -> facts.put(value, Fact.of(constant)));
    for (Input input : inputs) {
      if (input.dims().contains(Input.UNKNOWN)) {
        throw new GraphException("input " + input + " needs a concrete shape first");
      }
      facts.put(input.name(), Fact.of(input.type(), input.shape(0)));
    }
    for (Node node : nodes) {
      List<Fact> outputs = settled(node, facts);
      for (int i = 0; i < node.outputs().size(); i++) {
        facts.put(node.outputs().get(i), outputs.get(i));
      }
    }
    return facts;
  }

  /**
   * Multiplications, each with its addition, that a run takes.
   *
   * @throws GraphException as {@link #facts} does
   */
  public long multiplyAdds() {
    Map<String, Fact> facts = facts();
    long sum = 0;
    for (Node node : nodes) {
      List<Fact> inputs = node.inputs().stream().map(facts::get).toList();
      List<Fact> outputs = node.outputs().stream().map(facts::get).toList();
      sum = Math.addExact(sum, node.op().multiplyAdds(inputs, outputs));
    }
    return sum;
  }

  private static List<Fact> settled(Node node, Map<String, Fact> facts) {
    List<Fact> inputs = new ArrayList<>();
    node.inputs().forEach(i -> inputs.add(Objects.requireNonNull(facts.get(i))));
    return settled(node, inputs);
  }

  /**
   * The facts of a node's outputs as {@link #infer} gives them, with small results computed where
   * all inputs are known, as the arithmetic of shapes needs.
   *
   * @throws GraphException naming the node if it does not fit its inputs
   */
  public static List<Fact> settled(Node node, List<Fact> inputs) {
    try {
      return node.op().settled(inputs);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new GraphException(node, String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * The facts of a node's outputs.
   *
   * @throws GraphException naming the node if it does not fit its inputs
   */
  public static List<Fact> infer(Node node, List<Fact> inputs) {
    try {
      return node.op().infer(inputs);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new GraphException(node, String.valueOf(e.getMessage()), e);
    }
  }

  /** The node that makes each value. */
  public Map<String, Node> producers() {
    Map<String, Node> producers = new HashMap<>();
    nodes.forEach(node -> node.outputs().forEach(o -> producers.put(o, node)));
    return producers;
  }

  /** Number of times that each value is read, by nodes and as a graph output. */
  public Map<String, Integer> uses() {
    Map<String, Integer> uses = new HashMap<>();
    nodes.forEach(node -> node.inputs().forEach(i -> uses.merge(i, 1, Integer::sum)));
    outputs.forEach(o -> uses.merge(o, 1, Integer::sum));
    return uses;
  }

  /** The declared input of a name, or null. */
  public @Nullable Input input(String inputName) {
    return inputs.stream().filter(i -> i.name().equals(inputName)).findFirst().orElse(null);
  }

  /** One line a node, after the inputs; constants by shape. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("graph " + name + "\n");
    inputs.forEach(i -> text.append("  input ").append(i).append('\n'));
    nodes.forEach(n -> text.append("  ").append(n).append('\n'));
    return text.append("  return ").append(String.join(", ", outputs)).append('\n').toString();
  }
}
