package io.clarinet.importer.onnx;

import io.clarinet.importer.onnx.proto.AttributeProto;
import io.clarinet.importer.onnx.proto.FunctionProto;
import io.clarinet.importer.onnx.proto.NodeProto;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The operators that a model defines itself. What their calls expand to is bounded by the file's
 * size: each further call costs as if its nodes stood in the file.
 */
final class Functions {
  /** Nodes that the functions of the smallest file may expand to. */
  private static final int FEW_NODES = 16_384;

  /** Bytes of a file that allow for one node more. */
  private static final int NODE_BYTES = 2048;

  /** Bytes of a function that cost as much as a node at each call but the first. */
  private static final int PART_BYTES = 256;

  /** Nodes that a call costs beside those of its function. */
  private static final int CALL_NODES = 2;

  private record Id(String domain, String name, String overload) {}

  private final Map<Id, FunctionProto> functions = new HashMap<>();
  private final Map<Id, Integer> costs = new HashMap<>();
  private final Set<Id> open = new HashSet<>();
  private final long most;
  private long expanded;

  /**
   * @param fileBytes size of the model's file
   */
  Functions(List<FunctionProto> functions, long fileBytes) {
    for (FunctionProto function : functions) {
      Id id = new Id(domain(function.domain()), function.name(), function.overload());
      if (this.functions.put(id, function) != null) {
        throw new IllegalArgumentException("function " + text(id) + " is defined twice");
      }
    }
    this.most = FEW_NODES + fileBytes / NODE_BYTES;
  }

  private static String domain(String name) {
    return name.equals("ai.onnx") ? "" : name;
  }

  private static Id id(NodeProto node) {
    return new Id(domain(node.domain()), node.opType(), node.overload());
  }

  private static String text(Id id) {
    return "\"" + (id.domain().isEmpty() ? "" : id.domain() + ".") + id.name() + "\"";
  }

  /** The function that a node calls; null if it calls none. */
  @Nullable FunctionProto calledBy(NodeProto node) {
    return functions.isEmpty() ? null : functions.get(id(node));
  }

  /**
   * Notes the call of a function, whose body comes next.
   *
   * @throws IllegalArgumentException if it is being called already, or all calls come to too much
   */
  void enter(NodeProto node, FunctionProto function) {
    if (!open.add(id(node))) {
      throw new IllegalArgumentException("function " + text(id(node)) + " calls itself");
    }
    Integer cost = costs.get(id(node));
    if (cost == null) {
      cost = CALL_NODES + InnerGraphs.count(function.nodes());
      costs.put(id(node), cost + function.bytes() / PART_BYTES);
    }
    expanded += cost;
    if (expanded > most) {
      throw new IllegalArgumentException(
          "its functions expand to more than "
              + most
              + " nodes; inline them in Python (onnx.inliner.inline_local_functions)");
    }
  }

  /** Notes the end of a function's body. */
  void leave(NodeProto node) {
    open.remove(id(node));
  }

  /** A function's attributes as a caller gives them, or their defaults. */
  static Map<String, AttributeProto> attributes(NodeProto node, FunctionProto function) {
    Map<String, AttributeProto> attributes = new HashMap<>();
    function.defaults().forEach(a -> attributes.put(a.name(), a));
    node.attributes().forEach(a -> attributes.put(a.name(), a));
    return attributes;
  }
}
