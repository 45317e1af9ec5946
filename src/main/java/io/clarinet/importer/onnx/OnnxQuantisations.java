package io.clarinet.importer.onnx;

import io.clarinet.op.Dequantize;
import io.clarinet.op.Quantize;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Float32 to small integers and back. */
final class OnnxQuantisations {
  private OnnxQuantisations() {}

  static void register(Map<String, OnnxTranslator> table) {
    table.put("QuantizeLinear", OnnxQuantisations::quantize);
    table.put("DequantizeLinear", OnnxQuantisations::dequantize);
  }

  private static void quantize(OnnxNode node, OnnxTranslation to) {
    int block = node.small("block_size", 0);
    to.results(node, new Quantize(type(node, to), axis(node), block), inputs(node), 1);
  }

  private static void dequantize(OnnxNode node, OnnxTranslation to) {
    to.results(node, new Dequantize(axis(node), node.small("block_size", 0)), inputs(node), 1);
  }

  private static int axis(OnnxNode node) {
    return node.small("axis", 1);
  }

  private static List<String> inputs(OnnxNode node) {
    List<String> inputs = new ArrayList<>(List.of(node.input(0), node.input(1)));
    if (node.hasInput(2)) {
      inputs.add(node.input(2));
    }
    return inputs;
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
}
