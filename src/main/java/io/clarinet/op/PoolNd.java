package io.clarinet.op;

import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Pooling over any number of spatial axes, and in the forms that {@link Pool2d} leaves out. Input:
 * [n, c, …]. Outputs: [n, c, …]; then, where asked for, the int64 index of each maximum in the
 * whole input.
 *
 * @param norm the p of an {@link Kind#LP} pooling
 * @param indices which indices are told with a maximum
 */
public record PoolNd(
    Kind kind, WindowNd window, boolean ceil, boolean countPadding, int norm, Indices indices)
    implements Op {

  /** Reductions of a window. */
  public enum Kind {
    MAX,
    AVERAGE,
    /** (Σ |x|ᵖ)^(1/p). */
    LP
  }

  /** The indices of maxima that are output. */
  public enum Indices {
    NONE,
    ROW_MAJOR,
    /** With the first spatial axis innermost. */
    COLUMN_MAJOR
  }

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    Fact x = inputs.get(0);
    Shape y = window.output(x.shape(), x.shape().rank() < 2 ? 1 : x.shape().c(), ceil);
    List<Fact> facts = new ArrayList<>(List.of(Fact.of(x.type(), y)));
    if (indices != Indices.NONE) {
      facts.add(Fact.of(ElementType.INT64, y));
    }
    return facts;
  }

  @Override
  public boolean keepsItemsApart(List<Fact> inputs, List<Fact> outputs) {
    return Items.onlyOfFirst(inputs) && indices == Indices.NONE;
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    Shape x = inputs.get(0).shape();
    WindowNd.Walk walk = window.new Walk(x);
    long[] strides = outputs.get(0).shape().strides();
    long image = x.size(2, x.rank());
    for (long i = 0; i < outputs.get(0).shape().size(); i++) {
      int[] at = Indexing.coordinates(strides, i);
      pool(inputs.get(0), outputs, walk, i, at, ((long) at[0] * x.c() + at[1]) * image);
    }
  }

  private void pool(
      Tensor x, List<Tensor> outputs, WindowNd.Walk walk, long i, int[] at, long start) {
    double max = Double.NEGATIVE_INFINITY;
    long best = -1;
    double sum = 0;
    int count = 0;
    for (int tap = 0; tap < window.taps(); tap++) {
      long offset = walk.offset(at, tap);
      if (offset >= 0) {
        double v = x.doubleAt(start + offset);
        if (best < 0 || v > max || (Double.isNaN(v) && !Double.isNaN(max))) {
          max = v;
          best = offset;
        }
        sum += kind == Kind.LP ? Math.pow(Math.abs(v), norm) : v;
      }
      count += offset >= 0 || (offset == -1 && countPadding) ? 1 : 0;
    }
    double result =
        switch (kind) {
          case MAX -> max;
          case AVERAGE -> sum / count;
          case LP -> Math.pow(sum, 1.0 / norm);
        };
    outputs.get(0).set(i, result);
    if (indices != Indices.NONE) {
      outputs.get(1).set(i, start + (indices == Indices.ROW_MAJOR ? best : turned(x, best)));
    }
  }

  private static long turned(Tensor x, long offset) {
    Shape shape = x.shape();
    long rest = offset;
    long turned = 0;
    for (int axis = shape.rank() - 1; axis >= 2; axis--) {
      turned += rest % shape.dim(axis) * shape.size(2, axis);
      rest /= shape.dim(axis);
    }
    return turned;
  }
}
