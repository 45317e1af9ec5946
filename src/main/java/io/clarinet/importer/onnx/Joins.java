package io.clarinet.importer.onnx;

import io.clarinet.op.Concat;
import io.clarinet.op.Fact;
import io.clarinet.op.Gather;
import io.clarinet.op.Pad;
import io.clarinet.op.Slice;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Splat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Operators that put elements together or take some of them. */
final class Joins {
  private Joins() {}

  static void register(Map<String, Translator> table) {
    table.put(
        "Concat",
        (node, to) -> to.results(node, new Concat(node.small("axis")), node.allInputs(), 1));
    table.put("Pad", Joins::pad);
    table.put(
        "Gather",
        (node, to) ->
            to.result(node, new Gather(node.small("axis", 0)), node.input(0), node.input(1)));
    table.put("Slice", Joins::slice);
  }

  private static void pad(OnnxNode node, Translation to) {
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

  private static Constant zero() {
    return new Splat(ElementType.FLOAT32, Shape.of(), 0);
  }

  private static void slice(OnnxNode node, Translation to) {
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
    List<String> inputs = sliceInputs(node, to);
    List<long[]> known = new ArrayList<>();
    for (String input : inputs.subList(1, 5)) {
      long[] values = to.knownLongs(input);
      if (values != null) {
        known.add(values);
      }
    }
    if (known.size() == 4) {
      Slice op = new Slice(ranges(known.get(0), known.get(1), known.get(2), known.get(3)));
      to.result(node, op, node.input(0));
    } else {
      to.results(node, new Slice(List.of()), inputs, 1);
    }
  }

  /** The input, starts, ends, axes and steps, the last two filled in where they are left out. */
  private static List<String> sliceInputs(OnnxNode node, Translation to) {
    List<String> inputs = new ArrayList<>(List.of(node.input(0), node.input(1), node.input(2)));
    Fact starts = to.fact(node.input(1));
    boolean complete = node.hasInput(3) && node.hasInput(4);
    node.require(complete || starts != null, "an unknown number of axes");
    int count = complete ? 0 : (int) Objects.requireNonNull(starts).shape().size();
    inputs.add(
        node.hasInput(3) ? node.input(3) : to.constant(LongStream.range(0, count).toArray()));
    inputs.add(node.hasInput(4) ? node.input(4) : to.constant(ones(count)));
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
