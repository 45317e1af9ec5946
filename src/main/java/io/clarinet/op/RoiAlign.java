package io.clarinet.op;

import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;

/**
 * Regions of images brought to one size: each cell of a region is the mean, or the largest part, of
 * samples between pixels (ONNX RoiAlign-16; He et al. 2017, "Mask R-CNN"). Inputs: x [n, c, h, w];
 * regions [r, 4] of left, top, right, bottom; the int64 number of each region's image, [r]. Output:
 * [r, c, height, width].
 *
 * <p>As ONNX has it, the largest is taken of the four neighbours' weighted shares of each sample.
 *
 * @param largest whether to take the largest, not the mean
 * @param halfPixel whether pixels lie around their coordinates; else a region has at least a pixel
 * @param samples of a cell along each axis; 0 for as many as a cell has pixels
 * @param scale of regions to pixels
 */
public record RoiAlign(
    boolean largest, boolean halfPixel, int height, int width, int samples, float scale)
    implements Op {
  /** Samples of a cell along an axis, at most. */
  private static final int MOST_SAMPLES = 4096;

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    Shape x = inputs.get(0).shape();
    Shape regions = inputs.get(1).shape();
    Fact images = inputs.get(2);
    if (x.rank() != 4 || regions.rank() != 2 || regions.dim(1) != 4) {
      throw new IllegalArgumentException("regions " + regions + " of " + x);
    }
    if (images.type() != ElementType.INT64 || !images.shape().equals(Shape.of(regions.n()))) {
      throw new IllegalArgumentException(images + " does not number " + regions.n() + " images");
    }
    Fact.requireFloat32(inputs.subList(0, 2));
    return List.of(Fact.of(Shape.of(regions.n(), x.c(), height, width)));
  }

  /** A region along one axis: its start in pixels, the extent of a cell, and its samples. */
  public record Cells(double start, double extent, int samples) {
    /** The place of a sample of a cell, in pixels. */
    public double place(int cell, int sample) {
      return start + cell * extent + (sample + 0.5) * extent / samples;
    }
  }

  /** The cells of a region from {@code low} to {@code high} along an axis of so many cells. */
  public Cells cells(double low, double high, int count) {
    double shift = halfPixel ? 0.5 : 0;
    double start = low * scale - shift;
    double length = high * scale - shift - start;
    double extent = (halfPixel ? length : Math.max(1, length)) / count;
    int own = (int) Math.min(MOST_SAMPLES, Math.ceil(extent));
    return new Cells(start, extent, samples > 0 ? samples : own);
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    Tensor regions = inputs.get(1);
    Shape y = outputs.get(0).shape();
    long[] strides = y.strides();
    Shape x = inputs.get(0).shape();
    for (long i = 0; i < y.size(); i++) {
      int[] at = Indexing.coordinates(strides, i);
      long image = inputs.get(2).longAt(at[0]);
      if (image < 0 || image >= x.n()) {
        throw new IllegalArgumentException("image " + image + " is outside of " + x.n());
      }
      long region = 4L * at[0];
      Cells rows = cells(regions.doubleAt(region + 1), regions.doubleAt(region + 3), height);
      Cells columns = cells(regions.doubleAt(region), regions.doubleAt(region + 2), width);
      long plane = (image * x.c() + at[1]) * x.h() * x.w();
      outputs.get(0).set(i, cell(inputs.get(0), plane, rows, at[2], columns, at[3]));
    }
  }

  private double cell(Tensor x, long plane, Cells rows, int row, Cells columns, int column) {
    double sum = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < rows.samples(); i++) {
      for (int j = 0; j < columns.samples(); j++) {
        double[] shares = shares(x, plane, rows.place(row, i), columns.place(column, j));
        for (double share : shares) {
          sum += share;
          most = Math.max(most, share);
        }
      }
    }
    int count = Math.max(0, rows.samples()) * Math.max(0, columns.samples());
    return count == 0 ? 0 : largest ? most : sum / count;
  }

  /** The weighted values of the four pixels around a place; zeros more than a pixel outside. */
  private static double[] shares(Tensor x, long plane, double row, double column) {
    int h = x.shape().h();
    int w = x.shape().w();
    if (!(row >= -1 && row <= h && column >= -1 && column <= w)) {
      return new double[4];
    }
    double y = Math.max(0, Math.min(h - 1, row));
    double z = Math.max(0, Math.min(w - 1, column));
    int top = (int) y;
    int left = (int) z;
    double down = y - top;
    double right = z - left;
    long first = plane + (long) top * w;
    long second = plane + (long) Math.min(h - 1, top + 1) * w;
    int next = Math.min(w - 1, left + 1);
    return new double[] {
      (1 - down) * (1 - right) * x.doubleAt(first + left),
      (1 - down) * right * x.doubleAt(first + next),
      down * (1 - right) * x.doubleAt(second + left),
      down * right * x.doubleAt(second + next)
    };
  }
}
