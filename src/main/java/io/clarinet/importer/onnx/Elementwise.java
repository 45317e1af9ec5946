package io.clarinet.importer.onnx;

import io.clarinet.op.Binary;
import io.clarinet.op.Reshape;
import io.clarinet.op.Unary;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Functions of each element. */
final class Elementwise {
  private Elementwise() {}

  static void register(Map<String, Translator> table) {
    table.put("Relu", (node, to) -> to.result(node, Unary.RELU, node.input(0)));
    table.put("Add", (node, to) -> binary(node, to, Binary.Kind.ADD));
    table.put("Sub", (node, to) -> binary(node, to, Binary.Kind.SUB));
    table.put("Mul", (node, to) -> binary(node, to, Binary.Kind.MUL));
    table.put("Div", (node, to) -> binary(node, to, Binary.Kind.DIV));
  }

  private static void binary(OnnxNode node, Translation to, Binary.Kind kind) {
    to.result(node, new Binary(kind, null), node.input(0), aligned(node, to));
  }

  /**
   * The second operand. Before opset 7 {@code axis} says where its axes lie in the first operand;
   * it is then given axes of extent 1 after them.
   */
  private static String aligned(OnnxNode node, Translation to) {
    String b = node.input(1);
    if (node.opset() >= 7 || !node.has("axis") || !node.flag("broadcast")) {
      return b;
    }
    int rank = to.rank(node.input(0));
    int own = to.rank(b);
    node.require(rank >= 0 && own >= 0, "axis and operands of unknown rank");
    int axis = node.small("axis");
    int first = (axis < 0 ? axis + rank : axis) + own;
    List<Integer> added = IntStream.range(own, own + rank - first).boxed().toList();
    return added.isEmpty() ? b : to.value(new Reshape(new Reshape.Rule.Unsqueeze(added)), b);
  }
}
