package io.clarinet.importer.onnx;

import static io.clarinet.importer.onnx.OnnxAttributes.flag;

import io.clarinet.graph.Node;
import io.clarinet.importer.onnx.proto.AttributeProto;
import io.clarinet.op.Binary;
import io.clarinet.op.Binary.Kind;
import io.clarinet.op.Reshape;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/** Functions of two elements, and of one from each of any number of inputs. */
final class OnnxArithmetic {
  private OnnxArithmetic() {}

  static void register(OnnxOperators table) {
    for (Kind kind : List.of(Kind.ADD, Kind.SUB, Kind.MUL, Kind.DIV, Kind.POW)) {
      table.reads(name(kind), (node, to) -> read(node, to, kind));
    }
    table.reads("Mod", (node, to) -> read(node, to, node.flag("fmod") ? Kind.FMOD : Kind.MOD));
    table.reads("PRelu", OnnxArithmetic::readPrelu);
    table.reads("Max", (node, to) -> readChain(node, to, Kind.MAX));
    table.reads("Min", (node, to) -> readChain(node, to, Kind.MIN));
    table.reads("Sum", (node, to) -> readChain(node, to, Kind.ADD));
    table.reads("Mean", OnnxArithmetic::readMean);
    table.writes(Binary.class, OnnxArithmetic::write);
  }

  private static String name(Kind kind) {
    return switch (kind) {
      case ADD -> "Add";
      case SUB -> "Sub";
      case MUL -> "Mul";
      case DIV -> "Div";
      case POW -> "Pow";
      case MOD, FMOD -> "Mod";
      case PRELU -> "PRelu";
      case MAX -> "Max";
      case MIN -> "Min";
    };
  }

  private static void read(OnnxNode node, OnnxTranslation to, Kind kind) {
    to.result(node, new Binary(kind, null), node.input(0), aligned(node, to));
  }

  /** Before opset 7 a vector of slopes has one a channel. */
  private static void readPrelu(OnnxNode node, OnnxTranslation to) {
    String slope = node.input(1);
    int rank = to.rank(node.input(0));
    if (node.opset() < 7 && to.rank(slope) == 1 && rank > 2) {
      List<Integer> added = IntStream.range(1, rank - 1).boxed().toList();
      slope = to.value(new Reshape(new Reshape.Rule.Unsqueeze(added)), slope);
    }
    to.result(node, new Binary(Kind.PRELU, null), node.input(0), slope);
  }

  /** Any number of operands, taken two by two. */
  private static void readChain(OnnxNode node, OnnxTranslation to, Kind kind) {
    List<String> inputs = node.allInputs();
    if (inputs.size() == 1) {
      to.result(node, Reshape.IDENTITY, inputs.get(0));
      return;
    }
    String left = folded(inputs.subList(0, inputs.size() - 1), to, kind);
    to.result(node, new Binary(kind, null), left, inputs.get(inputs.size() - 1));
  }

  private static String folded(List<String> inputs, OnnxTranslation to, Kind kind) {
    String left = inputs.get(0);
    for (String right : inputs.subList(1, inputs.size())) {
      left = to.value(new Binary(kind, null), left, right);
    }
    return left;
  }

  private static void readMean(OnnxNode node, OnnxTranslation to) {
    List<String> inputs = node.allInputs();
    String sum = folded(inputs, to, Kind.ADD);
    String count = to.constant(Tensor.of(Shape.of(), (float) inputs.size()));
    to.result(node, new Binary(Kind.DIV, null), sum, count);
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

  private static void write(Binary op, Node node, ExportedNodes to) {
    List<AttributeProto> attributes =
        op.kind() == Kind.FMOD ? List.of(flag("fmod", true)) : List.of();
    OnnxEpilogues.write(name(op.kind()), op.activation(), node, to, attributes);
  }
}
