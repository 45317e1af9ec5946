package io.clarinet.importer.onnx;

import static io.clarinet.importer.onnx.proto.AttributeProto.integer;

import io.clarinet.graph.Node;
import io.clarinet.op.Cast;
import io.clarinet.tensor.ElementType;
import java.util.Objects;

/** Conversions of elements to another type. */
final class OnnxCasts {
  private OnnxCasts() {}

  static void register(OnnxOperators table) {
    table.reads("Cast", OnnxCasts::read);
    table.reads("CastLike", OnnxCasts::readLike);
    table.writes(Cast.class, OnnxCasts::write);
  }

  private static void read(OnnxNode node, OnnxTranslation to) {
    to.result(node, new Cast(DataTypes.of(node.integer("to", 0))), node.input(0));
  }

  private static void readLike(OnnxNode node, OnnxTranslation to) {
    ElementType type = to.type(node.input(1));
    node.require(type != null, "a type that is not known");
    to.result(node, new Cast(Objects.requireNonNull(type)), node.input(0));
  }

  private static void write(Cast op, Node node, ExportedNodes to) {
    int type = DataTypes.of(op.type()).number();
    to.add("Cast", node.inputs(), node.output(), integer("to", type));
  }
}
