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

  /** As PyTorch writes it, which ONNX Runtime knows for one function, or with tanh. */
  static void write(Unary op, String x, String y, ExportedNodes to) {
    String half = to.scalar(y, 0.5f);
    if (op.kind() == Kind.GELU) {
      String scaled = to.value("Div", y, x, to.scalar(y, (float) Math.sqrt(2)));
      String raised = to.value("Add", y, to.value("Erf", y, scaled), to.scalar(y, 1));
      to.add("Mul", List.of(to.value("Mul", y, x, raised), half), y);
    } else {
      String tanh = to.value("Tanh", y, tanhArgument(x, y, to));
      String raised = to.value("Add", y, tanh, to.scalar(y, 1));
      to.add("Mul", List.of(to.value("Mul", y, x, half), raised), y);
    }
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
