package io.clarinet.importer.onnx;

import io.clarinet.op.Concat;
import io.clarinet.op.DepthToSpace;
import io.clarinet.op.Dropout;
import io.clarinet.op.Expand;
import io.clarinet.op.Fill;
import io.clarinet.op.Range;
import io.clarinet.op.Reduce;
import io.clarinet.op.Reshape;
import io.clarinet.op.Reshape.Rule;
import io.clarinet.op.ShapeOf;
import io.clarinet.op.SpaceToDepth;
import io.clarinet.op.Transpose;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Operators that change the shape and keep the elements. */
final class OnnxShapes {
  /** Paddings before and after each of 64 axes are the most that a node is told. */
  private static final int MAX_NUMBERS = 128;

  private OnnxShapes() {}

  static void register(Map<String, OnnxTranslator> table) {
    table.put("Identity", (node, to) -> to.result(node, Reshape.IDENTITY, node.input(0)));
    table.put("Dropout", OnnxShapes::dropout);
    table.put(
        "Flatten",
        (node, to) ->
            to.result(node, new Reshape(new Rule.Flatten(node.small("axis", 1))), node.input(0)));
    table.put("Reshape", OnnxShapes::reshape);
    table.put(
        "Transpose",
        (node, to) -> to.result(node, new Transpose(node.smalls("perm")), node.input(0)));
    table.put("Squeeze", (node, to) -> axes(node, to, Rule.Squeeze::new, new Rule.SqueezeInput()));
    table.put(
        "Unsqueeze", (node, to) -> axes(node, to, Rule.Unsqueeze::new, new Rule.UnsqueezeInput()));
    table.put("Expand", (node, to) -> to.result(node, new Expand(), node.input(0), node.input(1)));
    table.put("Shape", OnnxShapes::shape);
    table.put("Size", OnnxShapes::size);
    table.put("Range", OnnxShapes::range);
    table.put("DepthToSpace", OnnxShapes::depthToSpace);
    table.put(
        "SpaceToDepth",
        (node, to) -> to.result(node, new SpaceToDepth(node.small("blocksize")), node.input(0)));
  }

  private static void depthToSpace(OnnxNode node, OnnxTranslation to) {
    boolean channelsFirst = node.text("mode", "DCR").equals("CRD");
    to.result(node, new DepthToSpace(node.small("blocksize"), channelsFirst), node.input(0));
  }

  /** The mask of what is kept, where anything reads it, is true everywhere. */
  private static void dropout(OnnxNode node, OnnxTranslation to) {
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

  /** The axes are an attribute, or from opset 13 on an input. */
  private static void axes(
      OnnxNode node, OnnxTranslation to, Function<List<Integer>, Rule> fixed, Rule open) {
    List<Integer> axes = node.smalls("axes");
    if (node.hasInput(1)) {
      long[] given = to.knownLongs(node.input(1), MAX_NUMBERS);
      if (given == null) {
        to.result(node, new Reshape(open), node.input(0), node.input(1));
        return;
      }
      axes = Arrays.stream(given).mapToInt(Math::toIntExact).boxed().toList();
    }
    to.result(node, new Reshape(fixed.apply(axes)), node.input(0));
  }

  private static void shape(OnnxNode node, OnnxTranslation to) {
    int end = node.small("end", Integer.MAX_VALUE);
    to.result(node, new ShapeOf(node.small("start", 0), end), node.input(0));
  }

  private static void size(OnnxNode node, OnnxTranslation to) {
    String extents = to.value(ShapeOf.ALL, node.input(0));
    to.result(node, new Reduce(Reduce.Kind.PRODUCT, List.of(), false, false), extents);
  }

  private static void range(OnnxNode node, OnnxTranslation to) {
    List<String> limits = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      limits.add(to.value(new Reshape(new Rule.To(List.of(1L), false)), node.input(i)));
    }
    String vector = to.value(new Concat(0), limits.toArray(String[]::new));
    to.result(node, new Range(), vector);
  }

  private static void reshape(OnnxNode node, OnnxTranslation to) {
    boolean allowZero = node.flag("allowzero");
    long[] extents = to.knownLongs(node.input(1), MAX_NUMBERS);
    if (extents == null) {
      Reshape op = new Reshape(new Rule.ToInput(allowZero));
      to.result(node, op, node.input(0), node.input(1));
    } else {
      Rule rule = new Rule.To(Arrays.stream(extents).boxed().toList(), allowZero);
      to.result(node, new Reshape(rule), node.input(0));
    }
  }
}
