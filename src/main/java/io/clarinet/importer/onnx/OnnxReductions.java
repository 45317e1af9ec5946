package io.clarinet.importer.onnx;

import static io.clarinet.importer.onnx.OnnxAttributes.axis;
import static io.clarinet.importer.onnx.OnnxAttributes.flag;
import static io.clarinet.importer.onnx.OnnxAttributes.integers;

import io.clarinet.graph.Node;
import io.clarinet.importer.onnx.proto.AttributeProto;
import io.clarinet.op.ArgMax;
import io.clarinet.op.Binary;
import io.clarinet.op.CumSum;
import io.clarinet.op.Reduce;
import io.clarinet.op.Reduce.Kind;
import io.clarinet.op.TopK;
import io.clarinet.op.Unary;
import io.clarinet.tensor.Constant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Reductions along axes. */
final class OnnxReductions {
  private OnnxReductions() {}

  static void register(OnnxOperators table) {
    for (Kind kind : Kind.values()) {
      table.reads(name(kind), (node, to) -> read(node, to, kind));
    }
    table.reads("ReduceLogSum", OnnxReductions::readLogSum);
    table.reads("ReduceLogSumExp", OnnxReductions::readLogSumExp);
    table.reads("CumSum", OnnxReductions::readCumSum);
    table.reads("ArgMax", (node, to) -> readArgMax(node, to, false));
    table.reads("ArgMin", (node, to) -> readArgMax(node, to, true));
    table.reads("TopK", OnnxReductions::readTopK);
    table.writes(Reduce.class, OnnxReductions::write);
    table.writes(ArgMax.class, OnnxReductions::writeArgMax);
    table.writes(CumSum.class, OnnxReductions::writeCumSum);
    table.writes(TopK.class, OnnxReductions::writeTopK);
  }

  private static String name(Kind kind) {
    return switch (kind) {
      case SUM -> "ReduceSum";
      case MEAN -> "ReduceMean";
      case MAX -> "ReduceMax";
      case MIN -> "ReduceMin";
      case L2 -> "ReduceL2";
      case L1 -> "ReduceL1";
      case SUM_SQUARE -> "ReduceSumSquare";
      case PRODUCT -> "ReduceProd";
    };
  }

  private static void read(OnnxNode node, OnnxTranslation to, Kind kind) {
    to.results(node, op(node, kind), node.inputs(1), 1);
  }

  private static boolean keeps(OnnxNode node) {
    return node.integer("keepdims", 1) != 0;
  }

  private static Reduce op(OnnxNode node, Kind kind) {
    return op(node, kind, keeps(node));
  }

  private static Reduce op(OnnxNode node, Kind kind, boolean keep) {
    boolean noop = node.flag("noop_with_empty_axes");
    return new Reduce(kind, node.smalls("axes"), keep, noop);
  }

  private static void readLogSum(OnnxNode node, OnnxTranslation to) {
    String[] inputs = node.inputs(1).toArray(String[]::new);
    String sum = to.value(op(node, Kind.SUM), inputs);
    to.result(node, new Unary(Unary.Kind.LOG, 0, 0), sum);
  }

  /**
   * m + log Σ eˣ⁻ᵐ, where m is the largest element, held to what is finite: so no power overflows,
   * and infinities remain.
   */
  private static void readLogSumExp(OnnxNode node, OnnxTranslation to) {
    List<String> inputs = node.inputs(1);
    String largest = to.value(op(node, Kind.MAX, true), inputs.toArray(String[]::new));
    Unary finite = new Unary(Unary.Kind.CLIP, -Float.MAX_VALUE, Float.MAX_VALUE);
    String m = to.value(finite, largest);
    String less = to.value(new Binary(Binary.Kind.SUB, null), inputs.get(0), m);
    String powers = to.value(new Unary(Unary.Kind.EXP, 0, 0), less);
    String sum = to.value(op(node, Kind.SUM, true), along(inputs, powers));
    String log = to.value(new Unary(Unary.Kind.LOG, 0, 0), sum);
    if (keeps(node)) {
      to.result(node, Binary.ADD, log, m);
    } else {
      String kept = to.value(Binary.ADD, log, m);
      to.result(node, op(node, Kind.MAX, false), along(inputs, kept));
    }
  }

  /** Inputs of a reduction of {@code x} along the same axes. */
  private static String[] along(List<String> inputs, String x) {
    List<String> others = new ArrayList<>(inputs);
    others.set(0, x);
    return others.toArray(String[]::new);
  }

  private static void readCumSum(OnnxNode node, OnnxTranslation to) {
    CumSum op = new CumSum(node.flag("exclusive"), node.flag("reverse"));
    to.result(node, op, node.input(0), node.input(1));
  }

  private static void writeCumSum(CumSum op, Node node, ExportedNodes to) {
    to.add("CumSum", node, flag("exclusive", op.exclusive()), flag("reverse", op.reverse()));
  }

  private static void readArgMax(OnnxNode node, OnnxTranslation to, boolean least) {
    ArgMax op =
        new ArgMax(node.small("axis", 0), keeps(node), node.flag("select_last_index"), least);
    to.result(node, op, node.input(0));
  }

  private static void readTopK(OnnxNode node, OnnxTranslation to) {
    boolean largest = node.integer("largest", 1) != 0;
    TopK op = new TopK(node.small("axis", -1), largest, node.small("k", 0));
    to.results(node, op, node.inputs(1), 2);
  }

  /** Writes a reduction: sums take their axes as an input, the others as an attribute. */
  private static void write(Reduce op, Node node, ExportedNodes to) {
    AttributeProto keep = flag("keepdims", op.keep());
    String name = name(op.kind());
    String x = node.inputs().get(0);
    String y = node.output();
    List<Integer> axes = axes(op, node, to);
    if (axes.isEmpty() && op.noneIsNone()) {
      writeOfEachElement(op.kind(), x, y, to);
    } else if (axes.isEmpty()) {
      to.add(name, List.of(x), y, keep);
    } else if (op.kind() == Kind.SUM) {
      to.add(name, List.of(x, to.longs(y, axes)), y, keep);
    } else {
      to.add(name, List.of(x), y, integers("axes", axes), keep);
    }
  }

  private static List<Integer> axes(Reduce op, Node node, ExportedNodes to) {
    if (node.inputs().size() == 1) {
      return op.axes();
    }
    Constant axes = to.known(node.inputs().get(1));
    to.require(axes != null, "a reduction along axes that are not constant");
    long[] given = Objects.requireNonNull(axes).tensor().toLongArray();
    return Arrays.stream(given).mapToInt(Math::toIntExact).boxed().toList();
  }

  /** Writes a reduction over no axis, which maps each element by itself. */
  private static void writeOfEachElement(Kind kind, String x, String y, ExportedNodes to) {
    switch (kind) {
      case L1, L2 -> to.add("Abs", List.of(x), y);
      case SUM_SQUARE -> to.add("Mul", List.of(x, x), y);
      default -> to.add("Identity", List.of(x), y);
    }
  }

  private static void writeArgMax(ArgMax op, Node node, ExportedNodes to) {
    to.add(
        op.least() ? "ArgMin" : "ArgMax",
        node,
        axis(op.axis()),
        flag("keepdims", op.keep()),
        flag("select_last_index", op.last()));
  }

  private static void writeTopK(TopK op, Node node, ExportedNodes to) {
    List<String> inputs = new ArrayList<>(node.inputs());
    if (inputs.size() == 1) {
      inputs.add(to.longs(node.output(), op.k()));
    }
    List<AttributeProto> attributes = List.of(axis(op.axis()), flag("largest", op.largest()));
    to.add("TopK", node.name(), inputs, node.outputs(), attributes);
  }
}
