package io.clarinet.importer.onnx;

import static io.clarinet.importer.onnx.OnnxAttributes.axis;
import static io.clarinet.importer.onnx.OnnxAttributes.flag;

import io.clarinet.graph.Node;
import io.clarinet.op.Reshape;
import io.clarinet.op.Reshape.Rule;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** The same elements in the same order, in another shape. */
final class OnnxReshapes {
  private OnnxReshapes() {}

  static void register(OnnxOperators table) {
    table.reads("Identity", (node, to) -> to.result(node, Reshape.IDENTITY, node.input(0)));
    table.reads("Flatten", OnnxReshapes::readFlatten);
    table.reads("Reshape", OnnxReshapes::read);
    table.reads(
        "Squeeze", (node, to) -> readAxes(node, to, Rule.Squeeze::new, new Rule.SqueezeInput()));
    table.reads(
        "Unsqueeze",
        (node, to) -> readAxes(node, to, Rule.Unsqueeze::new, new Rule.UnsqueezeInput()));
    table.writes(Reshape.class, OnnxReshapes::write);
  }

  private static void readFlatten(OnnxNode node, OnnxTranslation to) {
    to.result(node, new Reshape(new Rule.Flatten(node.small("axis", 1))), node.input(0));
  }

  private static void read(OnnxNode node, OnnxTranslation to) {
    if (node.opset() < 5) {
      to.result(node, new Reshape(new Rule.To(node.integers("shape"), false)), node.input(0));
      return;
    }
    boolean allowZero = node.flag("allowzero");
    long[] extents = to.knownLongs(node.input(1));
    if (extents == null) {
      Reshape op = new Reshape(new Rule.ToInput(allowZero));
      to.result(node, op, node.input(0), node.input(1));
    } else {
      Rule rule = new Rule.To(Arrays.stream(extents).boxed().toList(), allowZero);
      to.result(node, new Reshape(rule), node.input(0));
    }
  }

  /** The axes are an attribute, or from opset 13 on an input. */
  private static void readAxes(
      OnnxNode node, OnnxTranslation to, Function<List<Integer>, Rule> fixed, Rule open) {
    List<Integer> axes = node.smalls("axes");
    if (node.hasInput(1)) {
      long[] given = to.knownLongs(node.input(1));
      if (given == null) {
        to.result(node, new Reshape(open), node.input(0), node.input(1));
        return;
      }
      axes = Arrays.stream(given).mapToInt(Math::toIntExact).boxed().toList();
    }
    to.result(node, new Reshape(fixed.apply(axes)), node.input(0));
  }

  private static void write(Reshape op, Node node, ExportedNodes to) {
    String x = node.inputs().get(0);
    String y = node.output();
    Rule rule = op.rule();
    if (rule instanceof Rule.Flatten flatten) {
      to.add("Flatten", List.of(x), y, axis(flatten.axis()));
    } else if (rule instanceof Rule.To target) {
      String extents = to.longs(y, target.extents());
      to.add("Reshape", List.of(x, extents), y, flag("allowzero", target.allowZero()));
    } else if (rule instanceof Rule.ToInput target) {
      to.add("Reshape", node.inputs(), y, flag("allowzero", target.allowZero()));
    } else if (rule instanceof Rule.Squeeze squeeze) {
      List<String> all = List.of(x);
      boolean some = !squeeze.axes().isEmpty();
      to.add("Squeeze", some ? List.of(x, to.longs(y, squeeze.axes())) : all, y);
    } else if (rule instanceof Rule.Unsqueeze unsqueeze) {
      to.add("Unsqueeze", List.of(x, to.longs(y, unsqueeze.axes())), y);
    } else if (rule instanceof Rule.SqueezeInput) {
      to.add("Squeeze", node.inputs(), y);
    } else if (rule instanceof Rule.UnsqueezeInput) {
      to.add("Unsqueeze", node.inputs(), y);
    } else {
      to.add("Identity", List.of(x), y);
    }
  }
}
