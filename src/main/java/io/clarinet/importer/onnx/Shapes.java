package io.clarinet.importer.onnx;

import io.clarinet.op.Reshape;
import io.clarinet.op.Reshape.Rule;
import io.clarinet.op.Transpose;
import java.util.Arrays;
import java.util.Map;

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
  }

  private static void dropout(OnnxNode node, Translation to) {
    node.require(node.outputs().size() < 2 || node.outputs().get(1).isEmpty(), "mask");
    to.result(node, Reshape.IDENTITY, node.input(0));
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
