package io.clarinet.importer.onnx;

import static io.clarinet.importer.onnx.OnnxAttributes.axis;
import static io.clarinet.importer.onnx.OnnxAttributes.flag;

import io.clarinet.graph.Node;
import io.clarinet.importer.onnx.proto.AttributeProto;
import io.clarinet.op.Gather;
import io.clarinet.op.GatherElements;
import io.clarinet.op.GatherNd;
import io.clarinet.op.Slice;
import io.clarinet.op.Trilu;
import io.clarinet.tensor.Fact;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Elements chosen by their place: a range of places, a triangle, or places that are elements
 * themselves.
 */
final class OnnxSelections {
  private OnnxSelections() {}

  static void register(OnnxOperators table) {
    table.reads("Slice", OnnxSelections::readSlice);
    table.reads("Gather", OnnxSelections::readGather);
    table.reads("GatherElements", OnnxSelections::readGatherElements);
    table.reads("GatherND", OnnxSelections::readGatherNd);
    table.reads("Trilu", OnnxSelections::readTrilu);
    table.writes(Slice.class, OnnxSelections::writeSlice);
    table.writes(Gather.class, OnnxSelections::writeGather);
    table.writes(
        GatherElements.class, (op, node, to) -> to.add("GatherElements", node, axis(op.axis())));
    table.writes(GatherNd.class, (op, node, to) -> to.add("GatherND", node, batchDims(op.batch())));
    table.writes(Trilu.class, (op, node, to) -> to.add("Trilu", node, flag("upper", op.upper())));
  }

  private static void readGather(OnnxNode node, OnnxTranslation to) {
    to.result(node, new Gather(node.small("axis", 0)), node.input(0), node.input(1));
  }

  private static void writeGather(Gather op, Node node, ExportedNodes to) {
    to.add("Gather", node.inputs(), node.output(), axis(op.axis()));
  }

  private static void readGatherElements(OnnxNode node, OnnxTranslation to) {
    to.result(node, new GatherElements(node.small("axis", 0)), node.input(0), node.input(1));
  }

  private static void readGatherNd(OnnxNode node, OnnxTranslation to) {
    GatherNd op = new GatherNd(node.small("batch_dims", 0));
    to.result(node, op, node.input(0), node.input(1));
  }

  private static AttributeProto batchDims(int count) {
    return AttributeProto.integer("batch_dims", count);
  }

  private static void readTrilu(OnnxNode node, OnnxTranslation to) {
    to.results(node, new Trilu(node.integer("upper", 1) != 0), node.inputs(1), 1);
  }

  private static void readSlice(OnnxNode node, OnnxTranslation to) {
    if (node.opset() < 10) {
      long[] starts = longs(node.integers("starts"));
      long[] axes =
          node.has("axes")
              ? longs(node.integers("axes"))
              : LongStream.range(0, starts.length).toArray();
      Slice op = new Slice(ranges(starts, longs(node.integers("ends")), axes, ones(axes.length)));
      to.result(node, op, node.input(0));
      return;
    }
    long[] starts = to.knownLongs(node.input(1));
    long[] ends = to.knownLongs(node.input(2));
    int count = starts == null ? 0 : starts.length;
    long[] axes =
        node.hasInput(3) ? to.knownLongs(node.input(3)) : LongStream.range(0, count).toArray();
    long[] steps = node.hasInput(4) ? to.knownLongs(node.input(4)) : ones(count);
    if (starts == null || ends == null || axes == null || steps == null) {
      to.results(node, new Slice(List.of()), sliceInputs(node, to), 1);
    } else {
      to.result(node, new Slice(ranges(starts, ends, axes, steps)), node.input(0));
    }
  }

  /** The inputs that are given; axes are filled in where steps come after them. */
  private static List<String> sliceInputs(OnnxNode node, OnnxTranslation to) {
    List<String> inputs = new ArrayList<>(List.of(node.input(0), node.input(1), node.input(2)));
    if (node.hasInput(3)) {
      inputs.add(node.input(3));
    }
    if (node.hasInput(4) && !node.hasInput(3)) {
      Fact starts = to.fact(node.input(1));
      node.require(starts != null, "an unknown number of axes");
      long count = starts == null ? 0 : starts.shape().size();
      inputs.add(to.constant(LongStream.range(0, count).toArray()));
    }
    if (node.hasInput(4)) {
      inputs.add(node.input(4));
    }
    return inputs;
  }

  private static long[] ones(int count) {
    long[] ones = new long[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static long[] longs(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).toArray();
  }

  private static List<Slice.Range> ranges(long[] starts, long[] ends, long[] axes, long[] steps) {
    if (ends.length != starts.length
        || axes.length != starts.length
        || steps.length != starts.length) {
      throw new IllegalArgumentException("starts, ends, axes and steps differ in number");
    }
    return IntStream.range(0, starts.length)
        .mapToObj(i -> new Slice.Range(Math.toIntExact(axes[i]), starts[i], ends[i], steps[i]))
        .toList();
  }

  private static void writeSlice(Slice op, Node node, ExportedNodes to) {
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
