package io.clarinet.importer.onnx;

import static io.clarinet.importer.onnx.OnnxAttributes.axis;
import static io.clarinet.importer.onnx.proto.AttributeProto.text;

import io.clarinet.graph.Node;
import io.clarinet.importer.onnx.proto.AttributeProto;
import io.clarinet.op.Scatter;
import io.clarinet.op.Scatter.Form;
import io.clarinet.op.Scatter.Join;
import java.util.ArrayList;
import java.util.List;

/** Elements written where indices say, or joined with what is there. */
final class OnnxScatters {
  private OnnxScatters() {}

  static void register(OnnxOperators table) {
    table.reads("Scatter", OnnxScatters::readElements);
    table.reads("ScatterElements", OnnxScatters::readElements);
    table.reads("ScatterND", (node, to) -> read(node, to, new Form.Slices()));
    table.writes(Scatter.class, OnnxScatters::write);
  }

  private static void readElements(OnnxNode node, OnnxTranslation to) {
    read(node, to, new Form.Elements(node.small("axis", 0)));
  }

  private static void read(OnnxNode node, OnnxTranslation to, Form form) {
    Scatter op = new Scatter(form, join(node.text("reduction", "none")));
    to.result(node, op, node.input(0), node.input(1), node.input(2));
  }

  private static Join join(String reduction) {
    return switch (reduction) {
      case "none" -> Join.REPLACE;
      case "add" -> Join.ADD;
      case "mul" -> Join.MULTIPLY;
      case "max" -> Join.MAX;
      case "min" -> Join.MIN;
      default -> throw new IllegalArgumentException("unknown reduction " + reduction);
    };
  }

  private static String reduction(Join join) {
    return switch (join) {
      case REPLACE -> "none";
      case ADD -> "add";
      case MULTIPLY -> "mul";
      case MAX -> "max";
      case MIN -> "min";
    };
  }

  private static void write(Scatter op, Node node, ExportedNodes to) {
    to.require(
        op.join() != Join.MAX && op.join() != Join.MIN,
        "a scatter that keeps the " + reduction(op.join()) + " of what meets");
    List<AttributeProto> attributes = new ArrayList<>();
    attributes.add(text("reduction", reduction(op.join())));
    if (op.form() instanceof Form.Elements elements) {
      attributes.add(axis(elements.axis()));
      to.add("ScatterElements", node, attributes);
    } else {
      to.add("ScatterND", node, attributes);
    }
  }
}
