package io.clarinet.importer.onnx;

import static io.clarinet.importer.onnx.ExportedNodes.flag;
import static io.clarinet.importer.onnx.ExportedNodes.text;

import io.clarinet.graph.Node;
import io.clarinet.op.Pad;
import io.clarinet.op.Reshape;
import io.clarinet.op.Reshape.Rule;
import io.clarinet.op.Slice;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** Says reshapes, paddings and slices in ONNX. */
final class ShapeExport {
  private ShapeExport() {}

  static void register() {
    OperatorExport.put(Pad.class, ShapeExport::pad);
    OperatorExport.put(Reshape.class, ShapeExport::reshape);
    OperatorExport.put(Slice.class, ShapeExport::slice);
  }

  private static void pad(Pad op, Node node, ExportedNodes to) {
    String y = node.output();
    List<String> inputs = node.inputs();
    if (inputs.size() == 1) {
      long[] pads = op.pads().stream().mapToLong(Integer::longValue).toArray();
      inputs = List.of(inputs.get(0), to.longs(y, pads), to.scalar(y, op.value()));
    }
    to.add("Pad", inputs, y, text("mode", op.mode().name().toLowerCase(Locale.ROOT)));
  }

  private static void reshape(Reshape op, Node node, ExportedNodes to) {
    String x = node.inputs().get(0);
    String y = node.output();
    Rule rule = op.rule();
    if (rule instanceof Rule.Flatten flatten) {
      to.add("Flatten", List.of(x), y, OperatorExport.axis(flatten.axis()));
    } else if (rule instanceof Rule.To target) {
      String extents = to.longs(y, longs(target.extents()));
      to.add("Reshape", List.of(x, extents), y, flag("allowzero", target.allowZero()));
    } else if (rule instanceof Rule.ToInput target) {
      to.add("Reshape", node.inputs(), y, flag("allowzero", target.allowZero()));
    } else if (rule instanceof Rule.Squeeze squeeze) {
      List<String> all = List.of(x);
      boolean some = !squeeze.axes().isEmpty();
      to.add("Squeeze", some ? List.of(x, to.longs(y, longs(squeeze.axes()))) : all, y);
    } else if (rule instanceof Rule.Unsqueeze unsqueeze) {
      to.add("Unsqueeze", List.of(x, to.longs(y, longs(unsqueeze.axes()))), y);
    } else if (rule instanceof Rule.SqueezeInput) {
      to.add("Squeeze", node.inputs(), y);
    } else if (rule instanceof Rule.UnsqueezeInput) {
      to.add("Unsqueeze", node.inputs(), y);
    } else {
      to.add("Identity", List.of(x), y);
    }
  }

  private static long[] longs(List<? extends Number> values) {
    return values.stream().mapToLong(Number::longValue).toArray();
  }

  private static void slice(Slice op, Node node, ExportedNodes to) {
    String y = node.output();
    List<String> inputs = node.inputs();
    if (inputs.size() == 1) {
      inputs =
          List.of(
              inputs.get(0),
              to.longs(y, column(op, Slice.Range::start)),
              to.longs(y, column(op, Slice.Range::end)),
              to.longs(y, column(op, Slice.Range::axis)),
              to.longs(y, column(op, Slice.Range::step)));
    }
    to.add("Slice", inputs, y);
  }

  private static long[] column(Slice op, ToLongFunction<Slice.Range> part) {
    return op.ranges().stream().mapToLong(part).toArray();
  }
}
