package io.clarinet.op;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Every step-th element between two bounds, along any axes, as numpy and ONNX define it: bounds
 * below zero count from the end, bounds outside are held to the extent.
 *
 * <p>Inputs: x; then, where {@code ranges} is empty, starts and ends and optionally axes and steps,
 * all integer constants.
 *
 * @param ranges the slices; axes not listed are taken whole
 */
public record Slice(List<Range> ranges) implements Op {

  /**
   * The slice of one axis.
   *
   * @param end exclusive
   * @param step not 0; negative walks backwards
   */
  public record Range(int axis, long start, long end, long step) {
    public Range {
      if (step == 0) {
        throw new IllegalArgumentException("a slice's step must not be 0");
      }
    }
  }

  /** The slice of one axis, settled for an extent: {@code count} elements from {@code start}. */
  public record Taken(int start, int step, int count) {}

  public Slice {
    ranges = List.copyOf(ranges);
  }

  /** The slice of every axis, wherever it is given. */
  public List<Taken> taken(List<Fact> inputs) {
    Shape x = inputs.get(0).shape();
    List<Taken> taken = new ArrayList<>();
    for (int extent : x.dims()) {
      taken.add(new Taken(0, 1, extent));
    }
    for (Range range : inputs.size() == 1 ? ranges : ranges(inputs)) {
      int axis = x.axis(range.axis());
      taken.set(axis, settle(range, x.dim(axis)));
    }
    return taken;
  }

  private static List<Range> ranges(List<Fact> inputs) {
    long[] starts = inputs.get(1).required("the starts").toLongArray();
    long[] ends = inputs.get(2).required("the ends").toLongArray();
    long[] axes = inputs.size() > 3 ? inputs.get(3).required("the axes").toLongArray() : null;
    long[] steps = inputs.size() > 4 ? inputs.get(4).required("the steps").toLongArray() : null;
    boolean even =
        starts.length == ends.length
            && (axes == null || axes.length == starts.length)
            && (steps == null || steps.length == starts.length);
    if (!even) {
      throw new IllegalArgumentException("starts, ends, axes and steps differ in number");
    }
    List<Range> ranges = new ArrayList<>();
    for (int i = 0; i < starts.length; i++) {
      int axis = axes == null ? i : Math.toIntExact(axes[i]);
      ranges.add(new Range(axis, starts[i], ends[i], steps == null ? 1 : steps[i]));
    }
    return ranges;
  }

  private static Taken settle(Range range, int extent) {
    long step = Math.max(-Integer.MAX_VALUE, Math.min(Integer.MAX_VALUE, range.step()));
    long first = step > 0 ? 0 : -1;
    long last = step > 0 ? extent : extent - 1L;
    long start = hold(range.start(), extent, first, last);
    long end = hold(range.end(), extent, first, last);
    long distance = step > 0 ? end - start : start - end;
    long stride = Math.abs(step);
    int count = (int) Math.max(0, ceilDiv(distance, stride));
    return new Taken(count == 0 ? 0 : (int) start, (int) step, count);
  }

  private static long hold(long bound, int extent, long first, long last) {
    long positive = bound < 0 ? bound + extent : bound;
    return Math.max(first, Math.min(last, positive));
  }

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    int[] dims = taken(inputs).stream().mapToInt(Taken::count).toArray();
    return List.of(Fact.of(inputs.get(0).type(), Shape.of(dims)));
  }

  @Override
  public boolean keepsItemsApart(List<Fact> inputs, List<Fact> outputs) {
    return Items.onlyOfFirst(inputs)
        && taken(inputs).get(0).equals(new Taken(0, 1, inputs.get(0).shape().n()));
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    List<Taken> taken = taken(inputs.stream().map(Fact::of).toList());
    long[] inner = inputs.get(0).shape().strides();
    Indexing.fillAt(
        inputs.get(0),
        outputs.get(0),
        at -> {
          long source = 0;
          for (int axis = 0; axis < at.length; axis++) {
            Taken t = taken.get(axis);
            source += inner[axis] * (t.start() + (long) at[axis] * t.step());
          }
          return source;
        });
  }
}
