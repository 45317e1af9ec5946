package io.clarinet.importer.onnx;

import io.clarinet.op.Binary;
import io.clarinet.op.Cast;
import io.clarinet.op.Compare;
import io.clarinet.op.Compare.Relation;
import io.clarinet.op.Reshape;
import io.clarinet.op.Unary;
import io.clarinet.op.Where;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Functions of each element. */
final class OnnxElementwise {
  private OnnxElementwise() {}

  static void register(Map<String, OnnxTranslator> table) {
    table.put("Add", (node, to) -> binary(node, to, Binary.Kind.ADD));
    table.put("Sub", (node, to) -> binary(node, to, Binary.Kind.SUB));
    table.put("Mul", (node, to) -> binary(node, to, Binary.Kind.MUL));
    table.put("Div", (node, to) -> binary(node, to, Binary.Kind.DIV));
    table.put("Pow", (node, to) -> binary(node, to, Binary.Kind.POW));
    table.put(
        "Mod",
        (node, to) -> binary(node, to, node.flag("fmod") ? Binary.Kind.FMOD : Binary.Kind.MOD));
    table.put("CastLike", OnnxElementwise::castLike);
    table.put("PRelu", OnnxElementwise::prelu);
    table.put("Equal", (node, to) -> compare(node, to, Relation.EQUAL));
    table.put("Less", (node, to) -> compare(node, to, Relation.LESS));
    table.put("LessOrEqual", (node, to) -> compare(node, to, Relation.LESS_OR_EQUAL));
    table.put("Greater", (node, to) -> compare(node, to, Relation.GREATER));
    table.put("GreaterOrEqual", (node, to) -> compare(node, to, Relation.GREATER_OR_EQUAL));
    table.put(
        "Where",
        (node, to) -> to.result(node, new Where(), node.input(0), node.input(1), node.input(2)));
    table.put("Max", (node, to) -> chain(node, to, Binary.Kind.MAX));
    table.put("Min", (node, to) -> chain(node, to, Binary.Kind.MIN));
    table.put("Sum", (node, to) -> chain(node, to, Binary.Kind.ADD));
    table.put("Mean", OnnxElementwise::mean);
    table.put("Clip", OnnxElementwise::clip);
    table.put(
        "Cast",
        (node, to) ->
            to.result(node, new Cast(DataTypes.of(node.integer("to", 0))), node.input(0)));
  }

  private static void binary(OnnxNode node, OnnxTranslation to, Binary.Kind kind) {
    to.result(node, new Binary(kind, null), node.input(0), aligned(node, to));
  }

  private static void castLike(OnnxNode node, OnnxTranslation to) {
    ElementType type = to.type(node.input(1));
    node.require(type != null, "a type that is not known");
    to.result(node, new Cast(Objects.requireNonNull(type)), node.input(0));
  }

  private static void compare(OnnxNode node, OnnxTranslation to, Relation relation) {
    to.result(node, new Compare(relation), node.input(0), aligned(node, to));
  }

  /** Before opset 7 a vector of slopes has one a channel. */
  private static void prelu(OnnxNode node, OnnxTranslation to) {
    String slope = node.input(1);
    int rank = to.rank(node.input(0));
    if (node.opset() < 7 && to.rank(slope) == 1 && rank > 2) {
      List<Integer> added = IntStream.range(1, rank - 1).boxed().toList();
      slope = to.value(new Reshape(new Reshape.Rule.Unsqueeze(added)), slope);
    }
    to.result(node, new Binary(Binary.Kind.PRELU, null), node.input(0), slope);
  }

  /** Any number of operands, taken two by two. */
  private static void chain(OnnxNode node, OnnxTranslation to, Binary.Kind kind) {
    List<String> inputs = node.allInputs();
    if (inputs.size() == 1) {
      to.result(node, Reshape.IDENTITY, inputs.get(0));
      return;
    }
    String left = folded(inputs.subList(0, inputs.size() - 1), to, kind);
    to.result(node, new Binary(kind, null), left, inputs.get(inputs.size() - 1));
  }

  private static String folded(List<String> inputs, OnnxTranslation to, Binary.Kind kind) {
    String left = inputs.get(0);
    for (String right : inputs.subList(1, inputs.size())) {
      left = to.value(new Binary(kind, null), left, right);
    }
    return left;
  }

  private static void mean(OnnxNode node, OnnxTranslation to) {
    String sum = folded(node.allInputs(), to, Binary.Kind.ADD);
    String count = to.constant(Tensor.of(Shape.of(), (float) node.inputs()));
    to.result(node, new Binary(Binary.Kind.DIV, null), sum, count);
  }

  /** A clamp where the bounds are known floats, else a maximum and a minimum. */
  private static void clip(OnnxNode node, OnnxTranslation to) {
    Float lo = bound(node, to, "min", 1, Float.NEGATIVE_INFINITY);
    Float hi = bound(node, to, "max", 2, Float.POSITIVE_INFINITY);
    if (lo != null && hi != null) {
      Unary op = new Unary(Unary.Kind.CLIP, Math.min(lo, hi), hi);
      to.result(node, op, node.input(0));
      return;
    }
    String x = node.input(0);
    if (!node.hasInput(2)) {
      to.result(node, new Binary(Binary.Kind.MAX, null), x, node.input(1));
      return;
    }
    String held =
        node.hasInput(1) ? to.value(new Binary(Binary.Kind.MAX, null), x, node.input(1)) : x;
    to.result(node, new Binary(Binary.Kind.MIN, null), held, node.input(2));
  }

  /** A bound from an attribute (before opset 11) or an input; null if it is no known float. */
  private static @Nullable Float bound(
      OnnxNode node, OnnxTranslation to, String attribute, int input, float otherwise) {
    if (node.opset() < 11) {
      return node.real(attribute, otherwise);
    }
    if (!node.hasInput(input)) {
      return otherwise;
    }
    Constant known = to.known(node.input(input));
    return known == null || known.type() != ElementType.FLOAT32 || known.shape().size() != 1
        ? null
        : (Float) (float) known.tensor().doubleAt(0);
  }

  /**
   * The second operand. Before opset 7 {@code axis} says where its axes lie in the first operand;
   * it is then given axes of extent 1 after them.
   */
  static String aligned(OnnxNode node, OnnxTranslation to) {
    String b = node.input(1);
    if (node.opset() >= 7 || !node.has("axis") || !node.flag("broadcast")) {
      return b;
    }
    int rank = to.rank(node.input(0));
    int own = to.rank(b);
    node.require(rank >= 0 && own >= 0, "axis and operands of unknown rank");
    int axis = node.small("axis");
    int first = (axis < 0 ? axis + rank : axis) + own;
    List<Integer> added = IntStream.range(own, own + rank - first).boxed().toList();
    return added.isEmpty() ? b : to.value(new Reshape(new Reshape.Rule.Unsqueeze(added)), b);
  }
}
