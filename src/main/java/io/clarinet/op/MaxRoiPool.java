package io.clarinet.op;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;

/**
 * The largest pixel of each cell of regions of images (ONNX MaxRoiPool; Girshick 2015, "Fast
 * R-CNN"). Inputs: x [n, c, h, w]; regions [r, 5] of the image's number, left, top, right, bottom.
 * Output: [r, c, height, width], 0 for cells without pixels.
 *
 * @param scale of regions to pixels
 */
public record MaxRoiPool(int height, int width, float scale) implements Op {
  /** Beyond all images; coordinates that are farther stand here. */
  private static final double FAR = 1 << 24;

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    Fact.requireFloat32(inputs);
    Shape x = inputs.get(0).shape();
    Shape regions = inputs.get(1).shape();
    if (x.rank() != 4 || regions.rank() != 2 || regions.dim(1) != 5) {
      throw new IllegalArgumentException("regions " + regions + " of " + x);
    }
    return List.of(Fact.of(Shape.of(regions.n(), x.c(), height, width)));
  }

  /** The pixels of a cell along an axis, the last excluded. */
  public record Pixels(int first, int end) {}

  /**
   * The pixels of one of {@code count} cells of a region from {@code low} to {@code high}, along an
   * axis of {@code extent} pixels.
   */
  public Pixels pixels(double low, double high, int cell, int count, int extent) {
    int start = rounded(low);
    int length = Math.max(1, rounded(high) - start + 1);
    int first = start + (int) ((long) cell * length / count);
    int end = start + (int) (((cell + 1L) * length + count - 1) / count);
    return new Pixels(Math.max(0, Math.min(extent, first)), Math.max(0, Math.min(extent, end)));
  }

  /** The nearest pixel to a coordinate, halves away from zero. */
  private int rounded(double coordinate) {
    double at = Math.max(-FAR, Math.min(FAR, coordinate * scale));
    return (int) (at < 0 ? Math.ceil(at - 0.5) : Math.floor(at + 0.5));
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    Tensor regions = inputs.get(1);
    Shape x = inputs.get(0).shape();
    Shape y = outputs.get(0).shape();
    long[] strides = y.strides();
    for (long i = 0; i < y.size(); i++) {
      int[] at = Indexing.coordinates(strides, i);
      long region = 5L * at[0];
      long image = regions.longAt(region);
      if (image < 0 || image >= x.n()) {
        throw new IllegalArgumentException("image " + image + " is outside of " + x.n());
      }
      Pixels rows =
          pixels(regions.doubleAt(region + 2), regions.doubleAt(region + 4), at[2], height, x.h());
      Pixels columns =
          pixels(regions.doubleAt(region + 1), regions.doubleAt(region + 3), at[3], width, x.w());
      long plane = (image * x.c() + at[1]) * x.h();
      outputs.get(0).set(i, largest(inputs.get(0), plane, rows, columns));
    }
  }

  private static double largest(Tensor x, long firstRow, Pixels rows, Pixels columns) {
    if (rows.first() >= rows.end() || columns.first() >= columns.end()) {
      return 0;
    }
    double largest = Double.NEGATIVE_INFINITY;
    for (int row = rows.first(); row < rows.end(); row++) {
      for (int column = columns.first(); column < columns.end(); column++) {
        double v = x.doubleAt((firstRow + row) * x.shape().w() + column);
        largest = Math.max(largest, v);
      }
    }
    return largest;
  }
}
