package io.clarinet.importer.onnx;

import static io.clarinet.importer.onnx.proto.AttributeProto.integer;

import io.clarinet.graph.Node;
import io.clarinet.op.Reduce;
import io.clarinet.op.ShapeOf;
import java.util.List;

/** Shapes as values. */
final class OnnxShapes {
  private OnnxShapes() {}

  static void register(OnnxOperators table) {
    table.reads("Shape", OnnxShapes::read);
    table.reads("Size", OnnxShapes::readSize);
    table.writes(ShapeOf.class, OnnxShapes::write);
  }

  private static void read(OnnxNode node, OnnxTranslation to) {
    int end = node.small("end", Integer.MAX_VALUE);
    to.result(node, new ShapeOf(node.small("start", 0), end), node.input(0));
  }

  private static void readSize(OnnxNode node, OnnxTranslation to) {
    String extents = to.value(ShapeOf.ALL, node.input(0));
    to.result(node, new Reduce(Reduce.Kind.PRODUCT, List.of(), false, false), extents);
  }

  private static void write(ShapeOf op, Node node, ExportedNodes to) {
    to.add(
        "Shape",
        node.inputs(),
        node.output(),
        integer("start", op.start()),
        integer("end", op.end()));
  }
}
