package io.clarinet.importer.onnx;

import static io.clarinet.importer.onnx.OnnxAttributes.axis;

import io.clarinet.graph.Node;
import io.clarinet.op.Dequantize;
import io.clarinet.op.Quantize;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;

/** Float32 to small integers and back. */
final class OnnxQuantisations {
  private OnnxQuantisations() {}

  static void register(OnnxOperators table) {
    table.reads("QuantizeLinear", OnnxQuantisations::readQuantize);
    table.reads("DequantizeLinear", OnnxQuantisations::readDequantize);
    table.writes(Quantize.class, OnnxQuantisations::writeQuantize);
    table.writes(Dequantize.class, OnnxQuantisations::writeDequantize);
  }

  private static void readQuantize(OnnxNode node, OnnxTranslation to) {
    Quantize op = new Quantize(type(node, to), node.small("axis", 1), block(node));
    to.results(node, op, node.inputs(2), 1);
  }

  private static void readDequantize(OnnxNode node, OnnxTranslation to) {
    Dequantize op = new Dequantize(node.small("axis", 1), block(node));
    to.results(node, op, node.inputs(2), 1);
  }

  private static int block(OnnxNode node) {
    return node.small("block_size", 0);
  }

  /** The zero point's type, else the attribute's, else 8 bits without a sign. */
  private static ElementType type(OnnxNode node, OnnxTranslation to) {
    if (node.integer("output_dtype", 0) != 0) {
      return small(node, DataTypes.of(node.integer("output_dtype", 0)));
    }
    if (!node.hasInput(2)) {
      return ElementType.UINT8;
    }
    Fact zero = to.fact(node.input(2));
    node.require(zero != null, "a zero point of unknown type");
    return zero == null ? ElementType.UINT8 : small(node, zero.type());
  }

  private static ElementType small(OnnxNode node, ElementType type) {
    node.require(type.bytes() <= 2 && !type.isFloatingPoint(), "element type " + type);
    return type;
  }

  private static void writeQuantize(Quantize op, Node node, ExportedNodes to) {
    boolean typed = node.inputs().size() > 2 || op.type() == ElementType.UINT8;
    to.require(op.block() == 0, "a quantisation by blocks");
    to.require(typed, "a quantisation to " + op.type() + " without a zero point");
    to.add("QuantizeLinear", node, axis(op.axis()));
  }

  private static void writeDequantize(Dequantize op, Node node, ExportedNodes to) {
    to.require(op.block() == 0, "a quantisation by blocks");
    to.add("DequantizeLinear", node, axis(op.axis()));
  }
}
