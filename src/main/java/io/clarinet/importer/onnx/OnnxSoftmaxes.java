package io.clarinet.importer.onnx;

import static io.clarinet.importer.onnx.OnnxAttributes.axis;
import static io.clarinet.importer.onnx.OnnxAttributes.flag;

import io.clarinet.graph.Node;
import io.clarinet.op.Softmax;
import java.util.List;

/** Probabilities, or their logarithms, from scores along an axis. */
final class OnnxSoftmaxes {
  private OnnxSoftmaxes() {}

  static void register(OnnxOperators table) {
    table.reads("Softmax", (node, to) -> read(node, to, false));
    table.reads("LogSoftmax", (node, to) -> read(node, to, true));
    table.writes(Softmax.class, OnnxSoftmaxes::write);
  }

  /** Before opset 13 all axes from {@code axis} on are normalised together. */
  private static void read(OnnxNode node, OnnxTranslation to, boolean log) {
    boolean flat = node.opset() < 13;
    Softmax op = new Softmax(node.small("axis", flat ? 1 : -1), log, flat);
    to.result(node, op, node.input(0));
  }

  /** One over all axes from some axis on is that of a matrix. */
  private static void write(Softmax op, Node node, ExportedNodes to) {
    String name = op.log() ? "LogSoftmax" : "Softmax";
    if (!op.flat()) {
      to.add(name, node.inputs(), node.output(), axis(op.axis()));
      return;
    }
    String y = node.output();
    String matrix = to.fresh(y);
    String result = to.fresh(y);
    String shape = to.fresh(y);
    to.add("Flatten", node.inputs(), matrix, axis(op.axis()));
    to.add(name, List.of(matrix), result, axis(1));
    to.add("Shape", node.inputs(), shape);
    to.add("Reshape", List.of(result, shape), y, flag("allowzero", true));
  }
}
