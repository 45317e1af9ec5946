package io.clarinet.importer.onnx;

import io.clarinet.graph.FreshNames;
import io.clarinet.graph.Graph;
import io.clarinet.graph.Node;
import io.clarinet.importer.onnx.proto.AttributeProto;
import io.clarinet.importer.onnx.proto.NodeProto;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The ONNX nodes and constants that a graph comes to. */
final class ExportedNodes {
  private final List<NodeProto> nodes = new ArrayList<>();
  private final Map<String, Constant> constants;
  private final FreshNames fresh;
  private final Predicate<String> read;

  ExportedNodes(Graph graph) {
    this(
        new LinkedHashMap<>(graph.constants()),
        FreshNames.beside(graph),
        graph.uses().keySet()::contains);
  }

  private ExportedNodes(Map<String, Constant> constants, FreshNames fresh, Predicate<String> read) {
    this.constants = constants;
    this.fresh = fresh;
    this.read = read;
  }

  /** The nodes of a graph inside of a node, which shares all names and constants. */
  ExportedNodes inner() {
    return new ExportedNodes(constants, fresh, value -> true);
  }

  List<NodeProto> nodes() {
    return nodes;
  }

  Map<String, Constant> constants() {
    return constants;
  }

  /** Whether anything reads one of the graph's values. */
  boolean isRead(String value) {
    return read.test(value);
  }

  /** The value itself where it is constant, or null. */
  @Nullable Constant known(String value) {
    return constants.get(value);
  }

  /** A name for a value that nothing else has. */
  String fresh(String stem) {
    return fresh.next(stem);
  }

  /** Adds an int64 vector that belongs to a value. Returns its name. */
  String longs(String stem, long... values) {
    return constant(stem, Tensor.ofLongs(Shape.of(values.length), values));
  }

  String longs(String stem, List<? extends Number> values) {
    return longs(stem, values.stream().mapToLong(Number::longValue).toArray());
  }

  /** Adds a float32 scalar that belongs to a value. Returns its name. */
  String scalar(String stem, float value) {
    return constant(stem, Tensor.of(Shape.of(), value));
  }

  /** Adds a constant that belongs to a value. Returns its name. */
  String constant(String stem, Constant value) {
    String name = fresh(stem);
    constants.put(name, value);
    return name;
  }

  /** Adds a node whose result belongs to a value. Returns the result's name. */
  String value(String op, String stem, String... inputs) {
    String name = fresh(stem);
    add(op, List.of(inputs), name);
    return name;
  }

  /** Adds a node with one output, and named like it. */
  void add(String op, List<String> inputs, String output, AttributeProto... attributes) {
    add(op, output, inputs, List.of(output), Arrays.asList(attributes));
  }

  /** Adds a node with the name, the inputs and the outputs of one of ours. */
  void add(String op, Node node, AttributeProto... attributes) {
    add(op, node.name(), node.inputs(), node.outputs(), Arrays.asList(attributes));
  }

  void add(String op, Node node, List<AttributeProto> attributes) {
    add(op, node.name(), node.inputs(), node.outputs(), attributes);
  }

  void add(
      String op,
      String name,
      List<String> inputs,
      List<String> outputs,
      List<AttributeProto> attributes) {
    nodes.add(new NodeProto(name, op, "", inputs, outputs, attributes));
  }

  /** Refuses a form of an operator that opset 17 has not. */
  void require(boolean possible, String form) {
    if (!possible) {
      throw new IllegalArgumentException(refusal(form));
    }
  }

  /** The error for a feature that opset 17 lacks. */
  static String refusal(String thing) {
    return thing + " cannot be written as ONNX of opset 17";
  }
}
