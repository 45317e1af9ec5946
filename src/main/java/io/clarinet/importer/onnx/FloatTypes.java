package io.clarinet.importer.onnx;

import io.clarinet.graph.FreshNames;
import io.clarinet.graph.Node;
import io.clarinet.op.Cast;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Converted;
import io.clarinet.tensor.ElementType;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The values of a file that are floating-point numbers other than float32. A graph computes in
 * float32, so nodes read stand-ins of these: casts of inputs, constants that are converted whenever
 * they are asked for; and outputs are casts of what nodes make.
 */
final class FloatTypes {
  private static final Logger LOG = LoggerFactory.getLogger(FloatTypes.class);

  private final Path file;
  private final FreshNames names;
  private final List<Node> nodes;
  private final Map<String, Constant> constants;
  private final Map<String, ElementType> outputs = new HashMap<>();
  private final Map<String, ElementType> halves = new HashMap<>();
  private final Set<String> kept = new HashSet<>();
  private final Map<String, String> standIns = new HashMap<>();
  private boolean told;

  /**
   * @param nodes of the graph, which casts are added to
   * @param constants of the graph, which conversions are added to
   */
  FloatTypes(Path file, FreshNames names, List<Node> nodes, Map<String, Constant> constants) {
    this.file = file;
    this.names = names;
    this.nodes = nodes;
    this.constants = constants;
  }

  /** Whether the type is a float that nothing computes in. */
  static boolean isForeign(ElementType type) {
    return type.isFloatingPoint() && type != ElementType.FLOAT32;
  }

  /** The type that nodes compute in for one of the file's. */
  static ElementType computed(ElementType type) {
    return isForeign(type) ? ElementType.FLOAT32 : type;
  }

  /** Declares the type of one of the model's outputs. */
  void output(String value, ElementType type) {
    if (isForeign(type)) {
      outputs.put(value, type);
    }
  }

  /** The type that an output is cast to; null where there is no such output. */
  @Nullable ElementType output(String value) {
    return outputs.get(value);
  }

  /** Notes a value of half precision that is computed with as float32. */
  void half(String value, ElementType type) {
    if (type.isHalf()) {
      halves.put(value, type);
    }
  }

  /** The half precision that a value of the file has, as far as noted; else null. */
  @Nullable ElementType half(String value) {
    return halves.get(value);
  }

  /** Notes that the graph has a value in the file's type. */
  void keep(String value, ElementType type) {
    if (isForeign(type)) {
      kept.add(value);
      half(value, type);
      tell(type);
    }
  }

  /** Says once that numbers lose digits. */
  private void tell(ElementType type) {
    if (type == ElementType.FLOAT64 && !told) {
      told = true;
      LOG.warn("{}: its float64 numbers are computed with as float32", file);
    }
  }

  /** The node over the stand-ins of the values that it reads and makes; itself if it has none. */
  Node computing(Node node) {
    boolean same = true;
    for (String input : node.inputs()) {
      same &= read(input).equals(input);
    }
    for (String output : node.outputs()) {
      same &= made(output).equals(output);
    }
    return same
        ? node
        : new Node(
            node.name(),
            node.op(),
            node.inputs().stream().map(this::read).toList(),
            node.outputs().stream().map(this::made).toList());
  }

  /** The value that nodes read for one of the file's. */
  String read(String value) {
    return kept.contains(value) || isForeignConstant(value)
        ? standIns.computeIfAbsent(value, this::standIn)
        : standIns.getOrDefault(value, value);
  }

  private boolean isForeignConstant(String value) {
    Constant constant = constants.get(value);
    return constant != null && isForeign(constant.type());
  }

  private String standIn(String value) {
    String name = names.next(value);
    Constant constant = constants.get(value);
    if (constant == null) {
      nodes.add(new Node(name, new Cast(ElementType.FLOAT32), List.of(value), List.of(name)));
    } else {
      tell(constant.type());
      constants.put(name, Converted.of(constant, ElementType.FLOAT32));
    }
    return name;
  }

  private String made(String value) {
    return outputs.containsKey(value) ? standIns.computeIfAbsent(value, names::next) : value;
  }

  /** Adds the casts to the model's outputs among the values that a node makes. */
  void castOutputs(Node node) {
    for (String value : node.outputs()) {
      ElementType type = outputs.get(value);
      if (type != null) {
        tell(type);
        String made = made(value);
        nodes.add(new Node(value, new Cast(type), List.of(made), List.of(value)));
      }
    }
  }
}
