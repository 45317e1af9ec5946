package io.clarinet.importer.onnx;

import com.google.protobuf.ByteString;
import io.clarinet.graph.FreshNames;
import io.clarinet.graph.Graph;
import io.clarinet.importer.onnx.proto.AttributeProto;
import io.clarinet.importer.onnx.proto.AttributeProto.AttributeType;
import io.clarinet.importer.onnx.proto.NodeProto;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The ONNX nodes and constants that a graph comes to. */
final class ExportedNodes {
  private final List<NodeProto> nodes = new ArrayList<>();
  private final Map<String, Constant> constants = new LinkedHashMap<>();
  private final FreshNames fresh;

  ExportedNodes(Graph graph) {
    graph.constants().forEach(constants::put);
    fresh = FreshNames.beside(graph);
  }

  List<NodeProto> nodes() {
    return nodes;
  }

  Map<String, Constant> constants() {
    return constants;
  }

  /** A name for a value that nothing else has. */
  String fresh(String stem) {
    return fresh.next(stem);
  }

  /** Adds an int64 vector that belongs to a value. Returns its name. */
  String longs(String stem, long... values) {
    return constant(stem, Tensor.ofLongs(Shape.of(values.length), values));
  }

  /** Adds a float32 scalar that belongs to a value. Returns its name. */
  String scalar(String stem, float value) {
    return constant(stem, Tensor.of(Shape.of(), value));
  }

  private String constant(String stem, Constant value) {
    String name = fresh(stem);
    constants.put(name, value);
    return name;
  }

  /** Adds a node with one output, and named like it. */
  void add(String op, List<String> inputs, String output, AttributeProto... attributes) {
    add(op, output, inputs, List.of(output), attributes);
  }

  void add(
      String op,
      String name,
      List<String> inputs,
      List<String> outputs,
      AttributeProto... attributes) {
    nodes.add(
        NodeProto.newBuilder()
            .setOpType(op)
            .setName(name)
            .addAllInput(inputs)
            .addAllOutput(outputs)
            .addAllAttribute(Arrays.asList(attributes))
            .build());
  }

  static AttributeProto integer(String name, long value) {
    return attribute(name, AttributeType.INT).setI(value).build();
  }

  static AttributeProto flag(String name, boolean value) {
    return integer(name, value ? 1 : 0);
  }

  static AttributeProto real(String name, float value) {
    return attribute(name, AttributeType.FLOAT).setF(value).build();
  }

  static AttributeProto text(String name, String value) {
    return attribute(name, AttributeType.STRING).setS(ByteString.copyFromUtf8(value)).build();
  }

  static AttributeProto integers(String name, int... values) {
    AttributeProto.Builder attribute = attribute(name, AttributeType.INTS);
    Arrays.stream(values).forEach(attribute::addInts);
    return attribute.build();
  }

  static AttributeProto.Builder attribute(String name, AttributeType type) {
    return AttributeProto.newBuilder().setName(name).setType(type);
  }
}
