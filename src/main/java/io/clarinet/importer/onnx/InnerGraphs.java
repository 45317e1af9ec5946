package io.clarinet.importer.onnx;

import io.clarinet.importer.onnx.proto.AttributeProto;
import io.clarinet.importer.onnx.proto.GraphProto;
import io.clarinet.importer.onnx.proto.NodeProto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What graphs inside of nodes, such as branches, read from around them. */
final class InnerGraphs {
  private static final int GRAPH_NODES = 2;

  private InnerGraphs() {}

  /** The values that a node reads, its own graphs included. */
  static List<String> reads(NodeProto node) {
    Set<String> captured = captured(node);
    if (captured.isEmpty()) {
      return node.inputs();
    }
    List<String> reads = new ArrayList<>(node.inputs());
    reads.addAll(captured);
    return reads;
  }

  /** The values that a node's own graphs read; initializers of theirs may be among them. */
  static Set<String> captured(NodeProto node) {
    Set<String> captured = new LinkedHashSet<>();
    for (AttributeProto attribute : node.attributes()) {
      if (attribute.g() != null) {
        captured.addAll(captured(attribute.g()));
      }
    }
    return captured;
  }

  private static Set<String> captured(GraphProto graph) {
    Set<String> read = new LinkedHashSet<>();
    Set<String> own = new HashSet<>(List.of(""));
    for (NodeProto node : graph.nodes()) {
      read.addAll(reads(node));
      own.addAll(node.outputs());
    }
    graph.outputs().forEach(output -> read.add(output.name()));
    graph.inputs().forEach(input -> own.add(input.name()));
    read.removeAll(own);
    return read;
  }

  /** Nodes, those of inner graphs included, each of which costs as much as some. */
  static int count(List<NodeProto> nodes) {
    int count = nodes.size();
    for (NodeProto node : nodes) {
      for (AttributeProto attribute : node.attributes()) {
        if (attribute.g() != null) {
          count += GRAPH_NODES + count(attribute.g().nodes());
        }
      }
    }
    return count;
  }
}
