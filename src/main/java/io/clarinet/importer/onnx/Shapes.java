package io.clarinet.importer.onnx;

import io.clarinet.op.Expand;
import io.clarinet.op.Reshape;
import io.clarinet.op.Reshape.Rule;
import io.clarinet.op.ShapeOf;
import io.clarinet.op.Transpose;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Operators that change the shape and keep the elements. */
final class Shapes {
  private Shapes() {}

  static void register(Map<String, Translator> table) {
    table.put("Identity", (node, to) -> to.result(node, Reshape.IDENTITY, node.input(0)));
    table.put("Dropout", Shapes::dropout);
    table.put(
        "Flatten",
        (node, to) ->
            to.result(node, new Reshape(new Rule.Flatten(node.small("axis", 1))), node.input(0)));
    table.put("Reshape", Shapes::reshape);
    table.put(
        "Transpose",
        (node, to) -> to.result(node, new Transpose(node.smalls("perm")), node.input(0)));
    table.put("Squeeze", (node, to) -> axes(node, to, Rule.Squeeze::new));
    table.put("Unsqueeze", (node, to) -> axes(node, to, Rule.Unsqueeze::new));
    table.put("Expand", (node, to) -> to.result(node, new Expand(), node.input(0), node.input(1)));
    table.put("Shape", Shapes::shape);
  }

  private static void dropout(OnnxNode node, Translation to) {
    node.require(!node.hasOutput(1), "mask");
    to.result(node, Reshape.IDENTITY, node.input(0));
  }

  /** The axes are an attribute, or from opset 13 on an input. */
  private static void axes(OnnxNode node, Translation to, Function<List<Integer>, Rule> rule) {
    List<Integer> axes = node.smalls("axes");
    if (node.hasInput(1)) {
      long[] given = to.knownLongs(node.input(1));
      if (given == null) {
        throw new UnsupportedOperationException("axes that are not constant");
      }
      axes = Arrays.stream(given).mapToInt(Math::toIntExact).boxed().toList();
    }
    to.result(node, new Reshape(rule.apply(axes)), node.input(0));
  }

  private static void shape(OnnxNode node, Translation to) {
    int end = node.small("end", Integer.MAX_VALUE);
    to.result(node, new ShapeOf(node.small("start", 0), end), node.input(0));
  }

  private static void reshape(OnnxNode node, Translation to) {
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
}
