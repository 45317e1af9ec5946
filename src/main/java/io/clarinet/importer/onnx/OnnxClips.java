package io.clarinet.importer.onnx;

import io.clarinet.op.Binary;
import io.clarinet.op.Unary;
import io.clarinet.tensor.Constant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Clamps of each element between two bounds. */
final class OnnxClips {
  private OnnxClips() {}

  static void register(OnnxOperators table) {
    table.reads("Clip", OnnxClips::read);
  }

  /** A clamp where the bounds are known floats, else a maximum and a minimum. */
  private static void read(OnnxNode node, OnnxTranslation to) {
    Float lo = bound(node, to, "min", 1, Float.NEGATIVE_INFINITY);
    Float hi = bound(node, to, "max", 2, Float.POSITIVE_INFINITY);
    if (lo != null && hi != null) {
      Unary op = new Unary(Unary.Kind.CLIP, Math.min(lo, hi), hi);
      to.result(node, op, node.input(0));
      return;
    }
    String x = node.input(0);
    if (!node.hasInput(2)) {
      to.result(node, new Binary(Binary.Kind.MAX, null), x, node.input(1));
      return;
    }
    String held =
        node.hasInput(1) ? to.value(new Binary(Binary.Kind.MAX, null), x, node.input(1)) : x;
    to.result(node, new Binary(Binary.Kind.MIN, null), held, node.input(2));
  }

  /** A bound from an attribute (before opset 11) or an input; null if it is no known float. */
  private static @Nullable Float bound(
      OnnxNode node, OnnxTranslation to, String attribute, int input, float otherwise) {
    if (node.opset() < 11) {
      return node.real(attribute, otherwise);
    }
    if (!node.hasInput(input)) {
      return otherwise;
    }
    Constant known = to.known(node.input(input));
    return known == null || !known.type().isFloatingPoint() || known.shape().size() != 1
        ? null
        : (Float) (float) known.tensor().doubleAt(0);
  }

  /** The clamp of the value {@code x} that the value {@code y} is. */
  static void write(Unary op, String x, String y, ExportedNodes to) {
    to.add("Clip", List.of(x, to.scalar(y, op.alpha()), to.scalar(y, op.beta())), y);
  }
}
