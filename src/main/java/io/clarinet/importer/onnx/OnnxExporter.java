package io.clarinet.importer.onnx;

import io.clarinet.graph.Node;
import io.clarinet.op.Op;

/**
 * Says one of our operators in ONNX's, of opset 17. One that ONNX has not in any form has an
 * exporter all the same, which refuses it.
 */
@FunctionalInterface
interface OnnxExporter<T extends Op> {

  /**
   * Adds the ONNX nodes that a node of ours comes to.
   *
   * @throws IllegalArgumentException if opset 17 has not this form of the operator; {@link
   *     ExportedNodes#require} words it
   */
  void export(T op, Node node, ExportedNodes to);
}
