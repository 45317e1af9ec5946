package io.clarinet.op;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;

/**
 * 1 at the first of the largest elements along one axis, 0 elsewhere (ONNX Hardmax). As for {@link
 * ArgMax}, a NaN is larger than nothing. Output: the input's shape.
 *
 * @param axis the axis; negative counts from the innermost
 * @param flat whether all axes from {@code axis} on are one (ONNX before opset 13)
 */
public record Hardmax(int axis, boolean flat) implements Op {

  /** Hardmax along one axis. */
  public static Hardmax along(int axis) {
    return new Hardmax(axis, false);
  }

  /** Elements of which one becomes 1. */
  public long extent(Shape x) {
    return rows().extent(x);
  }

  /** Distance between neighbours of these, in elements. */
  public long stride(Shape x) {
    return rows().stride(x);
  }

  private RowsAlong rows() {
    return new RowsAlong(axis, flat);
  }

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    extent(inputs.get(0).shape());
    return List.of(Fact.of(inputs.get(0).type(), inputs.get(0).shape()));
  }

  @Override
  public boolean keepsItemsApart(List<Fact> inputs, List<Fact> outputs) {
    return Items.onlyOfFirst(inputs) && rows().keepItems(inputs.get(0).shape());
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    Shape shape = inputs.get(0).shape();
    long extent = extent(shape);
    long stride = stride(shape);
    for (long i = 0; i < shape.size(); i++) {
      if (i / stride % extent == 0) {
        row(inputs.get(0), outputs.get(0), i, extent, stride);
      }
    }
  }

  private static void row(Tensor x, Tensor y, long start, long extent, long stride) {
    long best = start;
    for (long at = start; at < start + extent * stride; at += stride) {
      best = x.doubleAt(at) > x.doubleAt(best) ? at : best;
      y.set(at, 0.0);
    }
    y.set(best, 1.0);
  }
}
