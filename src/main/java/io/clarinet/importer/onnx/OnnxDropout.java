package io.clarinet.importer.onnx;

import static io.clarinet.importer.onnx.proto.AttributeProto.integer;

import io.clarinet.op.Dropout;
import io.clarinet.op.Fill;
import io.clarinet.op.Reshape;
import io.clarinet.op.ShapeOf;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Dropout, which leaves its input alone but in training mode. */
final class OnnxDropout {
  private OnnxDropout() {}

  static void register(OnnxOperators table) {
    table.reads("Dropout", OnnxDropout::read);
    table.writes(
        Dropout.class, (op, node, to) -> to.add("Dropout", node, integer("seed", op.seed())));
  }

  /** The mask of kept elements, where anything reads it: true everywhere. */
  private static void read(OnnxNode node, OnnxTranslation to) {
    if (node.hasInput(2) && !isFalse(to.known(node.input(2)))) {
      String ratio = node.hasInput(1) ? node.input(1) : to.constant(Tensor.of(Shape.of(), 0.5f));
      List<String> inputs = List.of(node.input(0), ratio, node.input(2));
      to.results(node, new Dropout(node.small("seed", 0)), inputs, 2);
      return;
    }
    to.result(node, 0, Reshape.IDENTITY, node.input(0));
    if (node.hasOutput(1)) {
      String shape = to.value(ShapeOf.ALL, node.input(0));
      ElementType type = node.opset() < 10 ? ElementType.FLOAT32 : ElementType.BOOL;
      to.result(node, 1, new Fill(type, 1), shape);
    }
  }

  private static boolean isFalse(@Nullable Constant known) {
    return known != null && known.shape().size() == 1 && known.tensor().doubleAt(0) == 0;
  }
}
