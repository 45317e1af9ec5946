package io.clarinet.importer.onnx;

import static io.clarinet.importer.onnx.OnnxAttributes.axis;
import static io.clarinet.importer.onnx.OnnxAttributes.flag;

import io.clarinet.graph.Node;
import io.clarinet.op.Hardmax;
import io.clarinet.op.Softmax;
import java.util.List;

/** Scores along an axis as probabilities, their logarithms, or a mark at the largest. */
final class OnnxSoftmaxes {
  private OnnxSoftmaxes() {}

  static void register(OnnxOperators table) {
    table.reads("Softmax", (node, to) -> read(node, to, false));
    table.reads("LogSoftmax", (node, to) -> read(node, to, true));
    table.reads(
        "Hardmax",
        (node, to) -> to.result(node, new Hardmax(firstAxis(node), isFlat(node)), node.input(0)));
    table.writes(
        Softmax.class,
        (op, node, to) ->
            write(op.log() ? "LogSoftmax" : "Softmax", op.axis(), op.flat(), node, to));
    table.writes(Hardmax.class, (op, node, to) -> write("Hardmax", op.axis(), op.flat(), node, to));
  }

  private static void read(OnnxNode node, OnnxTranslation to, boolean log) {
    to.result(node, new Softmax(firstAxis(node), log, isFlat(node)), node.input(0));
  }

  private static int firstAxis(OnnxNode node) {
    return node.small("axis", isFlat(node) ? 1 : -1);
  }

  /** Before opset 13 all axes from {@code axis} on are taken together. */
  private static boolean isFlat(OnnxNode node) {
    return node.opset() < 13;
  }

  /** One over all axes from some axis on is that of a matrix. */
  private static void write(String name, int first, boolean flat, Node node, ExportedNodes to) {
    if (!flat) {
      to.add(name, node.inputs(), node.output(), axis(first));
      return;
    }
    String y = node.output();
    String matrix = to.fresh(y);
    String result = to.fresh(y);
    String shape = to.fresh(y);
    to.add("Flatten", node.inputs(), matrix, axis(first));
    to.add(name, List.of(matrix), result, axis(1));
    to.add("Shape", node.inputs(), shape);
    to.add("Reshape", List.of(result, shape), y, flag("allowzero", true));
  }
}
