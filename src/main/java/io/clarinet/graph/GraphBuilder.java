package io.clarinet.graph;

import io.clarinet.op.Op;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.ElementType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds a {@link Graph} node by node. */
public final class GraphBuilder {
  private final String name;
  private final List<Input> inputs = new ArrayList<>();
  private final List<String> outputs = new ArrayList<>();
  private final Map<String, Constant> constants = new LinkedHashMap<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, String> metadata = new HashMap<>();

  public GraphBuilder(String name) {
    this.name = name;
  }

  /** Declares a float32 input; {@link Input#UNKNOWN} leaves an extent open. Returns its name. */
  public String input(String inputName, Integer... dims) {
    return input(new Input(inputName, ElementType.FLOAT32, Arrays.asList(dims)));
  }

  /** Declares an input. Returns its name. */
  public String input(Input input) {
    inputs.add(input);
    return input.name();
  }

  /** Adds a known value. Returns its name. */
  public String constant(String constantName, Constant value) {
    constants.put(constantName, value);
    return constantName;
  }

  /** Adds a node with one output, named like the node. Returns the output's name. */
  public String add(String nodeName, Op op, String... nodeInputs) {
    nodes.add(new Node(nodeName, op, List.of(nodeInputs), List.of(nodeName)));
    return nodeName;
  }

  /** Adds a node. */
  public void add(Node node) {
    nodes.add(node);
  }

  /** Declares a value as a graph output. */
  public GraphBuilder output(String value) {
    outputs.add(value);
    return this;
  }

  /** Adds an entry of the model's metadata. */
  public GraphBuilder metadata(String key, String value) {
    metadata.put(key, value);
    return this;
  }

  /**
   * The finished graph.
   *
   * @throws GraphException if it is not consistent
   */
  public Graph build() {
    return new Graph(name, inputs, outputs, constants, nodes, metadata);
  }
}
