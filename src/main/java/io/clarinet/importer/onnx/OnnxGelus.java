package io.clarinet.importer.onnx;

import io.clarinet.op.Unary;
import io.clarinet.op.Unary.Kind;
import java.util.List;

/** Gaussian error linear units, which opset 17 has no node for. */
final class OnnxGelus {
  private static final float CUBE = 0.044715f;

  private OnnxGelus() {}

  static void register(OnnxOperators table) {
    table.reads("Gelu", OnnxGelus::read);
  }

  private static void read(OnnxNode node, OnnxTranslation to) {
    boolean tanh = node.text("approximate", "none").equals("tanh");
    to.result(node, new Unary(tanh ? Kind.GELU_TANH : Kind.GELU, 0, 0), node.input(0));
  }

  /** x / 2 · (1 + erf(x / √2)), or with tanh. */
  static void write(Unary op, String x, String y, ExportedNodes to) {
    String inner =
        op.kind() == Kind.GELU
            ? to.value("Erf", y, to.value("Mul", y, x, to.scalar(y, (float) Math.sqrt(0.5))))
            : to.value("Tanh", y, tanhArgument(x, y, to));
    String raised = to.value("Add", y, inner, to.scalar(y, 1));
    String half = to.value("Mul", y, x, to.scalar(y, 0.5f));
    to.add("Mul", List.of(half, raised), y);
  }

  /** √(2/π) · (x + 0.044715 · x³). */
  private static String tanhArgument(String x, String y, ExportedNodes to) {
    String square = to.value("Mul", y, x, x);
    String cube = to.value("Mul", y, square, x);
    String small = to.value("Mul", y, cube, to.scalar(y, CUBE));
    String sum = to.value("Add", y, x, small);
    return to.value("Mul", y, sum, to.scalar(y, (float) Math.sqrt(2 / Math.PI)));
  }
}
