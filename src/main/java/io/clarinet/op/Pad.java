package io.clarinet.op;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;

/**
 * Elements added around a value, or taken away where a padding is negative.
 *
 * <p>Inputs: x; then, where {@code pads} is empty, the paddings (an integer constant) and
 * optionally the constant's value (a scalar) and the axes that are meant (an integer constant).
 *
 * @param pads paddings before each axis, then after each; empty if they are inputs
 * @param value value of a constant padding, unless it is an input
 */
public record Pad(Mode mode, List<Integer> pads, float value) implements Op {

  /** The source of padded elements. */
  public enum Mode {
    CONSTANT,
    /** Mirrored without repeating the edge. */
    REFLECT,
    /** The nearest edge element. */
    EDGE,
    /** The value repeated periodically. */
    WRAP
  }

  public Pad {
    pads = List.copyOf(pads);
  }

  /** Zeros around the two innermost axes of an image. */
  public static Pad zeros(Padding padding) {
    return new Pad(
        Mode.CONSTANT,
        List.of(0, 0, padding.top(), padding.left(), 0, 0, padding.bottom(), padding.right()),
        0);
  }

  /** The padding before each axis, then after each, wherever it is given. */
  public int[] pads(List<Fact> inputs) {
    int rank = inputs.get(0).shape().rank();
    if (inputs.size() == 1) {
      if (pads.size() != 2 * rank) {
        throw new IllegalArgumentException(
            pads.size() + " paddings for input " + inputs.get(0).shape());
      }
      return pads.stream().mapToInt(Integer::intValue).toArray();
    }
    long[] given = inputs.get(1).required("the padding").toLongArray();
    long[] axes =
        inputs.size() > 3
            ? inputs.get(3).required("the axes of the padding").toLongArray()
            : java.util.stream.LongStream.range(0, rank).toArray();
    if (given.length != 2 * axes.length) {
      throw new IllegalArgumentException(given.length + " paddings for " + axes.length + " axes");
    }
    int[] all = new int[2 * rank];
    for (int i = 0; i < axes.length; i++) {
      int axis = inputs.get(0).shape().axis(Math.toIntExact(axes[i]));
      all[axis] = Math.toIntExact(given[i]);
      all[rank + axis] = Math.toIntExact(given[axes.length + i]);
    }
    return all;
  }

  /** The value of a constant padding, wherever it is given. */
  public double value(List<Fact> inputs) {
    return inputs.size() > 2 && inputs.get(2).shape().size() > 0
        ? inputs.get(2).required("the padding's value").doubleAt(0)
        : value;
  }

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    Shape x = inputs.get(0).shape();
    int[] around = pads(inputs);
    int[] dims = x.dims();
    for (int axis = 0; axis < dims.length; axis++) {
      dims[axis] = Math.addExact(dims[axis], Math.addExact(around[axis], around[axis + x.rank()]));
      if (dims[axis] < 0 || (mode != Mode.CONSTANT && dims[axis] > 0 && x.dim(axis) == 0)) {
        throw new IllegalArgumentException("axis " + axis + " of " + x + " cannot be padded so");
      }
    }
    return List.of(Fact.of(inputs.get(0).type(), Shape.of(dims)));
  }

  @Override
  public boolean keepsItemsApart(List<Fact> inputs, List<Fact> outputs) {
    return Items.onlyOfFirst(inputs)
        && pads(inputs)[0] == 0
        && pads(inputs)[inputs.get(0).shape().rank()] == 0;
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    Shape x = inputs.get(0).shape();
    List<Fact> facts = inputs.stream().map(Fact::of).toList();
    int[] around = pads(facts);
    double fill = value(facts);
    Tensor y = outputs.get(0);
    long[] outer = y.shape().strides();
    long[] inner = x.strides();
    for (long i = 0; i < y.shape().size(); i++) {
      int[] at = Indexing.coordinates(outer, i);
      long source = 0;
      for (int axis = 0; axis < at.length && source >= 0; axis++) {
        int from = source(at[axis] - around[axis], x.dim(axis));
        source = from < 0 ? -1 : source + from * inner[axis];
      }
      if (source < 0) {
        y.set(i, fill);
      } else {
        y.set(i, inputs.get(0), source);
      }
    }
  }

  /** Coordinate that a padded coordinate reads, or -1 for the constant. */
  public int source(int at, int extent) {
    if (at >= 0 && at < extent) {
      return at;
    }
    return switch (mode) {
      case CONSTANT -> -1;
      case EDGE -> at < 0 ? 0 : extent - 1;
      case WRAP -> Math.floorMod(at, extent);
      case REFLECT -> {
        int period = Math.max(1, 2 * (extent - 1));
        int folded = Math.floorMod(at, period);
        yield folded < extent ? folded : period - folded;
      }
    };
  }
}
