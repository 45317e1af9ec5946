package io.clarinet.importer.onnx;

import static io.clarinet.importer.onnx.proto.AttributeProto.text;

import io.clarinet.graph.Node;
import io.clarinet.op.Binary;
import io.clarinet.op.Cast;
import io.clarinet.op.Concat;
import io.clarinet.op.Pad;
import io.clarinet.op.Scatter;
import io.clarinet.op.ShapeOf;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Splat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Paddings, negative ones too. */
final class OnnxPaddings {
  private OnnxPaddings() {}

  static void register(OnnxOperators table) {
    table.reads("Pad", OnnxPaddings::read);
    table.reads("CenterCropPad", OnnxPaddings::readCenter);
    table.writes(Pad.class, OnnxPaddings::write);
  }

  private static void read(OnnxNode node, OnnxTranslation to) {
    Pad.Mode mode = mode(node);
    if (node.opset() < 11) {
      List<Integer> pads = node.smalls(node.opset() < 2 ? "paddings" : "pads");
      to.result(node, new Pad(mode, pads, node.real("value", 0)), node.input(0));
      return;
    }
    long[] pads = to.knownLongs(node.input(1));
    Constant value = node.hasInput(2) ? to.known(node.input(2)) : zero();
    if (pads != null && pads.length > 0 && value != null && !node.hasInput(3)) {
      List<Integer> fixed = Arrays.stream(pads).mapToInt(Math::toIntExact).boxed().toList();
      float fill = value.shape().size() > 0 ? (float) value.tensor().doubleAt(0) : 0;
      to.result(node, new Pad(mode, fixed, fill), node.input(0));
      return;
    }
    List<String> inputs = new ArrayList<>(List.of(node.input(0), node.input(1)));
    inputs.add(node.hasInput(2) ? node.input(2) : to.constant(zero()));
    if (node.hasInput(3)) {
      inputs.add(node.input(3));
    }
    to.results(node, new Pad(mode, List.of(), 0), inputs, 1);
  }

  /**
   * Half of what an extent lacks, which is less than nothing where it is cropped, goes before it,
   * the rest after: a padding that is computed once shapes are known.
   */
  private static void readCenter(OnnxNode node, OnnxTranslation to) {
    String x = node.input(0);
    String shape = to.value(ShapeOf.ALL, x);
    String wanted = to.value(new Cast(ElementType.INT64), node.input(1));
    if (node.has("axes")) {
      long[] axes = node.integers("axes").stream().mapToLong(Long::longValue).toArray();
      Scatter some = new Scatter(new Scatter.Form.Elements(0), Scatter.Join.REPLACE);
      wanted = to.value(some, shape, to.constant(axes), wanted);
    }
    Binary minus = new Binary(Binary.Kind.SUB, null);
    String lacking = to.value(minus, wanted, shape);
    String before = to.value(new Binary(Binary.Kind.DIV, null), lacking, to.constant(2));
    String pads = to.value(new Concat(0), before, to.value(minus, lacking, before));
    to.result(node, new Pad(Pad.Mode.CONSTANT, List.of(), 0), x, pads);
  }

  private static Pad.Mode mode(OnnxNode node) {
    return switch (node.text("mode", "constant")) {
      case "constant" -> Pad.Mode.CONSTANT;
      case "reflect" -> Pad.Mode.REFLECT;
      case "edge" -> Pad.Mode.EDGE;
      case "wrap" -> Pad.Mode.WRAP;
      default -> throw new IllegalArgumentException("unknown mode " + node.text("mode", ""));
    };
  }

  private static Constant zero() {
    return new Splat(ElementType.FLOAT32, Shape.of(), 0);
  }

  private static void write(Pad op, Node node, ExportedNodes to) {
    String y = node.output();
    List<String> inputs = node.inputs();
    if (inputs.size() == 1) {
      inputs = List.of(inputs.get(0), to.longs(y, op.pads()), to.scalar(y, op.value()));
    }
    to.add("Pad", inputs, y, text("mode", op.mode().name().toLowerCase(Locale.ROOT)));
  }
}
