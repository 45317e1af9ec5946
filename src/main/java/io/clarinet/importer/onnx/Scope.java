package io.clarinet.importer.onnx;

import io.clarinet.importer.onnx.proto.AttributeProto;
import io.clarinet.importer.onnx.proto.NodeProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a node stands: in the model, in the call of a function, or in a branch. It says which value
 * of the graph a name means there, and which attribute a reference.
 */
final class Scope {
  private static final int MAX_PATH = 64;

  /** A branch's surroundings; null for the model, and for functions, which see nothing around. */
  private final @Nullable Scope outer;

  private final @Nullable Map<String, String> names;
  private final Map<String, AttributeProto> attributes;
  private final int opset;
  private final String path;

  private Scope(
      @Nullable Scope outer,
      @Nullable Map<String, String> names,
      Map<String, AttributeProto> attributes,
      int opset,
      String path) {
    this.outer = outer;
    this.names = names;
    this.attributes = attributes;
    this.opset = opset;
    this.path = path;
  }

  /** The model's own, in which names are the graph's. */
  static Scope model(int opset) {
    return new Scope(null, null, Map.of(), opset, "");
  }

  /** That of a function which {@code node} calls. */
  static Scope function(OnnxNode node, int opset, Map<String, AttributeProto> attributes) {
    return new Scope(null, new HashMap<>(), attributes, opset, path(node));
  }

  /** That of a branch of {@code node}, which stands in this one. */
  Scope branch(OnnxNode node) {
    return new Scope(this, new HashMap<>(), attributes, opset, path(node));
  }

  private static String path(OnnxNode node) {
    return cut(node.name()) + "/";
  }

  private static String cut(String name) {
    return name.length() > MAX_PATH ? name.substring(0, MAX_PATH) + "…" : name;
  }

  /** Version of ONNX's own operators; 0 where nothing says one. */
  int opset() {
    return opset;
  }

  /** Makes a name mean a value of the graph. */
  void bind(String name, String value) {
    if (names != null) {
      names.put(name, value);
    }
  }

  /** Whether the scope itself says what a name means. */
  boolean binds(String name) {
    return names != null && names.containsKey(name);
  }

  /** The value that a name means; null if it means none. */
  @Nullable String find(String name) {
    if (names == null || name.isEmpty()) {
      return name;
    }
    String value = names.get(name);
    return value == null && outer != null ? outer.find(name) : value;
  }

  /**
   * The value that a name means.
   *
   * @throws IllegalArgumentException if it means none
   */
  String value(String name) {
    String value = find(name);
    if (value == null) {
      throw new IllegalArgumentException("reads \"" + name + "\", which nothing defines");
    }
    return value;
  }

  /** A node as one of the graph. */
  NodeProto resolved(NodeProto node) {
    if (names == null) {
      return node;
    }
    return new NodeProto(
        path + cut(OnnxNode.name(node)),
        node.opType(),
        node.domain(),
        node.inputs().stream().map(this::value).toList(),
        node.outputs().stream().map(this::value).toList(),
        attributes(node),
        node.overload());
  }

  private List<AttributeProto> attributes(NodeProto node) {
    List<AttributeProto> resolved = new ArrayList<>();
    for (AttributeProto attribute : node.attributes()) {
      if (attribute.reference().isEmpty()) {
        resolved.add(attribute);
      } else if (attributes.containsKey(attribute.reference())) {
        resolved.add(attributes.get(attribute.reference()).named(attribute.name()));
      }
    }
    return resolved;
  }
}
