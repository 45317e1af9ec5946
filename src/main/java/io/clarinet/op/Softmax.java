package io.clarinet.op;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;

/**
 * exp(x − max) / Σ exp(x − max), or its logarithm, along one axis. Output: the input's shape.
 *
 * @param axis the axis; negative counts from the innermost
 * @param flat whether all axes from {@code axis} on are one (ONNX before opset 13)
 */
public record Softmax(int axis, boolean log, boolean flat) implements Op {

  /** Softmax along one axis. */
  public static Softmax along(int axis) {
    return new Softmax(axis, false, false);
  }

  /** Elements that are normalised together. */
  public long extent(Shape x) {
    return rows().extent(x);
  }

  /** Distance between neighbours of one normalisation, in elements. */
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
        normalise(inputs.get(0), outputs.get(0), i, extent, stride);
      }
    }
  }

  private void normalise(Tensor x, Tensor y, long start, long extent, long stride) {
    double max = Double.NEGATIVE_INFINITY;
    for (long k = 0; k < extent; k++) {
      max = Math.max(max, x.doubleAt(start + k * stride));
    }
    double sum = 0;
    for (long k = 0; k < extent; k++) {
      sum += Math.exp(x.doubleAt(start + k * stride) - max);
    }
    for (long k = 0; k < extent; k++) {
      double shifted = x.doubleAt(start + k * stride) - max;
      y.set(start + k * stride, log ? shifted - Math.log(sum) : Math.exp(shifted) / sum);
    }
  }
}
