package io.clarinet.importer.onnx;

import io.clarinet.importer.onnx.proto.AttributeProto;
import io.clarinet.importer.onnx.proto.GraphProto;
import io.clarinet.importer.onnx.proto.NodeProto;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A node of a model as its translator reads it: attributes with defaults, optional inputs. */
final class OnnxNode {
  private final NodeProto proto;
  private final int opset;
  private final Set<String> read;
  private final Map<String, AttributeProto> attributes = new HashMap<>();

  /**
   * @param read the values that anything reads
   */
  OnnxNode(NodeProto proto, int opset, Set<String> read) {
    this.read = read;
    this.proto = proto;
    this.opset = opset;
    proto.attributes().forEach(a -> attributes.put(a.name(), a));
  }

  /** Operator name, with its domain unless that is ONNX's own. */
  String operator() {
    return isStandard() ? proto.opType() : proto.domain() + "." + proto.opType();
  }

  /** A node's name, or its first output's where it has none. */
  static String name(NodeProto proto) {
    return proto.name().isEmpty() && proto.outputs().size() > 0
        ? proto.outputs().get(0)
        : proto.name();
  }

  private boolean isStandard() {
    return proto.domain().isEmpty() || proto.domain().equals("ai.onnx");
  }

  /** Name and operator, for people. */
  String label() {
    return "\"" + name() + "\" (" + operator() + ")";
  }

  /** The node's name, or its first output's where it has none. */
  String name() {
    return name(proto);
  }

  /** The node as the file has it, its values named as the graph's. */
  NodeProto proto() {
    return proto;
  }

  /** Version of the operator set that the model uses. */
  int opset() {
    return opset;
  }

  /** Whether an optional input is given. */
  boolean hasInput(int index) {
    return index < proto.inputs().size() && !proto.inputs().get(index).isEmpty();
  }

  /** Name of an input that must be given. */
  String input(int index) {
    if (!hasInput(index)) {
      throw new IllegalArgumentException("input " + index + " is missing");
    }
    return proto.inputs().get(index);
  }

  /** Names of the first inputs, which must be given, and of the next one if it is. */
  List<String> inputs(int required) {
    return IntStream.rangeClosed(0, required)
        .filter(i -> i < required || hasInput(i))
        .mapToObj(this::input)
        .toList();
  }

  /** Names of all inputs, none of which may be left out. */
  List<String> allInputs() {
    if (proto.inputs().size() == 0 || proto.inputs().contains("")) {
      throw new IllegalArgumentException("an input is missing");
    }
    return proto.inputs();
  }

  List<String> outputs() {
    return proto.outputs();
  }

  /** Whether anything reads an output. */
  boolean hasOutput(int index) {
    return index < proto.outputs().size() && read.contains(proto.outputs().get(index));
  }

  boolean has(String attribute) {
    return attributes.containsKey(attribute);
  }

  long integer(String attribute, long otherwise) {
    AttributeProto found = attributes.get(attribute);
    return found == null ? otherwise : found.i();
  }

  int small(String attribute, int otherwise) {
    return Math.toIntExact(integer(attribute, otherwise));
  }

  /** An integer attribute that must be given. */
  int small(String attribute) {
    if (!has(attribute)) {
      throw new IllegalArgumentException("attribute " + attribute + " is missing");
    }
    return small(attribute, 0);
  }

  boolean flag(String attribute) {
    return integer(attribute, 0) != 0;
  }

  float real(String attribute, float otherwise) {
    AttributeProto found = attributes.get(attribute);
    return found == null ? otherwise : found.f();
  }

  String text(String attribute, String otherwise) {
    AttributeProto found = attributes.get(attribute);
    return found == null ? otherwise : found.text();
  }

  /** A list of integers; empty where it is not given. */
  List<Long> integers(String attribute) {
    AttributeProto found = attributes.get(attribute);
    return found == null ? List.of() : found.ints();
  }

  /** A list of 32-bit integers; empty where it is not given. */
  List<Integer> smalls(String attribute) {
    return integers(attribute).stream().map(Math::toIntExact).toList();
  }

  /** A list of reals; empty where it is not given. */
  List<Float> reals(String attribute) {
    AttributeProto found = attributes.get(attribute);
    return found == null ? List.of() : found.floats();
  }

  /** A tensor's message, or null where it is not given. */
  @Nullable ByteBuffer tensor(String attribute) {
    AttributeProto found = attributes.get(attribute);
    return found == null ? null : found.t();
  }

  /** A graph that must be given. */
  GraphProto graph(String attribute) {
    AttributeProto found = attributes.get(attribute);
    if (found == null || found.g() == null) {
      throw new IllegalArgumentException("attribute " + attribute + " is missing");
    }
    return found.g();
  }

  /** A sparse tensor's message, or null where it is not given. */
  @Nullable ByteBuffer sparse(String attribute) {
    AttributeProto found = attributes.get(attribute);
    return found == null ? null : found.sparse();
  }

  /** The refusal of an attribute's value. */
  UnsupportedOperationException unknown(String attribute) {
    return new UnsupportedOperationException(attribute + " " + text(attribute, ""));
  }

  /** Refuses an attribute that the importer knows in one form only. */
  void require(boolean supported, String what) {
    if (!supported) {
      throw new UnsupportedOperationException(what);
    }
  }
}
