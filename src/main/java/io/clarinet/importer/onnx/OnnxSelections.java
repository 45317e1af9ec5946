package io.clarinet.importer.onnx;

import io.clarinet.op.Concat;
import io.clarinet.op.Gather;
import io.clarinet.op.GatherElements;
import io.clarinet.op.Pad;
import io.clarinet.op.Slice;
import io.clarinet.op.Split;
import io.clarinet.op.Tile;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Splat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Operators that put elements together or take some of them. */
final class OnnxSelections {
  /** Paddings before and after each of 64 axes are the most that a node is told. */
  private static final int MAX_NUMBERS = 128;

  private OnnxSelections() {}

  static void register(Map<String, OnnxTranslator> table) {
    table.put(
        "Concat",
        (node, to) -> to.results(node, new Concat(node.small("axis")), node.allInputs(), 1));
    table.put("Pad", OnnxSelections::pad);
    table.put("Split", OnnxSelections::split);
    table.put("Tile", (node, to) -> to.result(node, new Tile(), node.input(0), node.input(1)));
    table.put(
        "Gather",
        (node, to) ->
            to.result(node, new Gather(node.small("axis", 0)), node.input(0), node.input(1)));
    table.put(
        "GatherElements",
        (node, to) ->
            to.result(
                node, new GatherElements(node.small("axis", 0)), node.input(0), node.input(1)));
    table.put("Slice", OnnxSelections::slice);
  }

  private static void pad(OnnxNode node, OnnxTranslation to) {
    Pad.Mode mode =
        switch (node.text("mode", "constant")) {
          case "constant" -> Pad.Mode.CONSTANT;
          case "reflect" -> Pad.Mode.REFLECT;
          case "edge" -> Pad.Mode.EDGE;
          case "wrap" -> Pad.Mode.WRAP;
          default -> throw new IllegalArgumentException("unknown mode " + node.text("mode", ""));
        };
    if (node.opset() < 11) {
      to.result(node, new Pad(mode, node.smalls("pads"), node.real("value", 0)), node.input(0));
      return;
    }
    long[] pads = to.knownLongs(node.input(1), MAX_NUMBERS);
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

  private static Constant zero() {
    return new Splat(ElementType.FLOAT32, Shape.of(), 0);
  }

  /** As slices where the parts' extents are known. */
  private static void split(OnnxNode node, OnnxTranslation to) {
    int axis = node.small("axis", 0);
    int parts = node.outputs().size();
    Fact x = to.fact(node.input(0));
    long[] extents = node.has("split") ? longs(node.integers("split")) : new long[0];
    if (node.hasInput(1)) {
      extents = to.knownLongs(node.input(1), parts);
    } else if (extents.length == 0 && x != null) {
      int extent = x.shape().dim(x.shape().axis(axis));
      extents = Arrays.stream(Split.extents(extent, parts)).asLongStream().toArray();
    }
    if (extents == null || extents.length == 0) {
      List<String> inputs =
          node.hasInput(1) ? List.of(node.input(0), node.input(1)) : List.of(node.input(0));
      to.results(node, new Split(axis, parts), inputs, parts);
      return;
    }
    if (extents.length != parts) {
      throw new IllegalArgumentException(extents.length + " extents for " + parts + " outputs");
    }
    long start = 0;
    for (int i = 0; i < parts; i++) {
      long end = Math.addExact(start, extents[i]);
      to.result(node, i, new Slice(List.of(new Slice.Range(axis, start, end, 1))), node.input(0));
      start = end;
    }
    if (x != null && start != x.shape().dim(x.shape().axis(axis))) {
      throw new IllegalArgumentException("the parts of " + x.shape() + " do not add up");
    }
  }

  private static void slice(OnnxNode node, OnnxTranslation to) {
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
    long[] starts = to.knownLongs(node.input(1), MAX_NUMBERS);
    long[] ends = to.knownLongs(node.input(2), MAX_NUMBERS);
    int count = starts == null ? 0 : starts.length;
    long[] axes =
        node.hasInput(3)
            ? to.knownLongs(node.input(3), MAX_NUMBERS)
            : LongStream.range(0, count).toArray();
    long[] steps = node.hasInput(4) ? to.knownLongs(node.input(4), MAX_NUMBERS) : ones(count);
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
}
