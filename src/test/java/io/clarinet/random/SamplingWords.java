package io.clarinet.random;

import io.clarinet.op.AffineGrid;
import io.clarinet.op.Col2Im;
import io.clarinet.op.GridSample;
import io.clarinet.op.MaxRoiPool;
import io.clarinet.op.MaxUnpool;
import io.clarinet.op.Padding;
import io.clarinet.op.PoolNd;
import io.clarinet.op.Reshape;
import io.clarinet.op.RoiAlign;
import io.clarinet.op.WindowNd;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Images read at other places than their pixels, in regions, or put together from blocks. */
final class SamplingWords {
  static final List<Word> ALL =
      List.of(
          new Word("grid sample", 1, s -> s.image().ifPresent(x -> gridSample(s, x))),
          new Word("affine grid", 1, s -> s.image().ifPresent(x -> affineGrid(s, x))),
          new Word("aligned regions", 1, s -> s.image().ifPresent(x -> roiAlign(s, x))),
          new Word("pooled regions", 1, s -> s.image().ifPresent(x -> maxRoiPool(s, x))),
          new Word("unpooling", 1, SamplingWords::unpool),
          new Word("blocks that overlap", 1, s -> s.image().ifPresent(x -> blocks(s, x))));

  private SamplingWords() {}

  /**
   * Places in the image and around it, between pixels where the nearest is taken. Beyond the border
   * ONNX Runtime weighs other pixels of a cubic than ONNX.
   */
  private static void gridSample(Sketch s, Value x) {
    GridSample.Mode mode = s.chance.any(GridSample.Mode.values());
    GridSample.Outside outside = s.chance.any(GridSample.Outside.values());
    GridSample op = new GridSample(mode, outside, s.chance.one(2));
    int rows = s.chance.from(1, 4);
    int columns = s.chance.from(1, 5);
    double reach = mode == GridSample.Mode.CUBIC ? 0.9 : 1.6;
    Tensor grid = s.chance.uniform(-reach, reach, x.dim(0), rows, columns, 2);
    for (long i = 0; mode == GridSample.Mode.NEAREST && i < grid.shape().size(); i++) {
      grid.set(i, besidePixels(op, grid.doubleAt(i), x.dim(3 - (int) (i % 2))));
    }
    s.add(op, x, s.chance.one(4) ? s.input(grid) : s.constant(grid));
  }

  private static double besidePixels(GridSample op, double at, int extent) {
    double size = op.alignCorners() ? Math.max(1, extent - 1) : extent;
    double shift = op.alignCorners() ? 1 : 1 - 1.0 / extent;
    return (Math.floor((at + shift) / 2 * size) + 0.25) * 2 / size - shift;
  }

  private static void affineGrid(Sketch s, Value x) {
    AffineGrid op = new AffineGrid(s.chance.one(2));
    Value maps = s.weights(0, 0.5, x.dim(0), 2, 3);
    Value size = s.constant(x.dim(0), x.dim(1), s.chance.from(2, 5), s.chance.from(2, 5));
    GridSample linear =
        new GridSample(GridSample.Mode.LINEAR, GridSample.Outside.BORDER, op.alignCorners());
    s.add(op, maps, size).ifPresent(grid -> s.add(linear, x, grid));
  }

  /** Edges of regions in pixels, at quarters; halves are where a pooling's rounding jumps. */
  private static double edge(Sketch s, int extent, boolean low) {
    int from = low ? -4 : 2 * extent;
    return s.chance.from(from, from + 2 * extent + 4) / 4.0 + 0.0625;
  }

  private static void edges(Sketch s, Value x, Tensor regions, long at) {
    for (int i = 0; i < 4; i++) {
      regions.set(at + i, edge(s, x.dim(3 - i % 2), i < 2));
    }
  }

  private static void roiAlign(Sketch s, Value x) {
    int count = s.chance.from(1, 3);
    Tensor regions = Tensor.zeros(Shape.of(count, 4));
    for (int r = 0; r < count; r++) {
      edges(s, x, regions, 4L * r);
    }
    Value images = s.constant(s.chance.indices(x.dim(0), count));
    boolean largest = s.chance.one(3);
    RoiAlign op =
        new RoiAlign(
            largest,
            s.chance.one(2),
            s.chance.from(1, 4),
            s.chance.from(1, 4),
            largest ? 1 : s.chance.from(0, 3),
            s.chance.of(1f, 0.5f));
    s.add(op, x, s.constant(regions), images);
  }

  /** As many cells as divide a float exactly: ONNX Runtime counts pixels by these. */
  private static void maxRoiPool(Sketch s, Value x) {
    int count = s.chance.from(1, 3);
    Tensor regions = Tensor.zeros(Shape.of(count, 5));
    for (int r = 0; r < count; r++) {
      regions.set(5L * r, (double) s.chance.from(0, x.dim(0) - 1));
      edges(s, x, regions, 5L * r + 1);
    }
    s.add(new MaxRoiPool(s.chance.of(1, 2, 4), s.chance.of(1, 2, 4), 1), x, s.constant(regions));
  }

  /** After the pooling that tells the indices, of pixels far from equal that windows cover. */
  private static void unpool(Sketch s) {
    List<Integer> kernel = List.of(s.chance.from(1, 2), s.chance.from(1, 3));
    WindowNd window =
        new WindowNd(kernel, kernel, List.of(1, 1), Padding.Rule.EXPLICIT, List.of(0, 0, 0, 0));
    Shape shape =
        Shape.of(
            s.chance.from(1, 2),
            s.chance.from(1, 3),
            kernel.get(0) * s.chance.from(1, 3),
            kernel.get(1) * s.chance.from(1, 3));
    List<Integer> order = new ArrayList<>();
    IntStream.range(0, (int) shape.size()).forEach(order::add);
    Collections.shuffle(order, s.chance.random());
    Tensor pixels = Tensor.zeros(shape);
    for (int i = 0; i < order.size(); i++) {
      pixels.set(i, 4.0 * order.get(i) / order.size() - 1.5);
    }
    PoolNd pool = new PoolNd(PoolNd.Kind.MAX, window, false, false, 2, PoolNd.Indices.ROW_MAJOR);
    List<Value> pooled = s.all(pool, s.input(pixels));
    if (pooled.size() == 2) {
      s.add(new MaxUnpool(window), pooled.get(0), pooled.get(1));
    }
  }

  private static void blocks(Sketch s, Value x) {
    int rows = x.dim(1) * x.dim(2);
    int kernelH = rows % 2 == 0 ? 2 : 1;
    int kernelW = rows / kernelH % 3 == 0 ? 3 : 1;
    int stride = s.chance.from(1, 2);
    int dilation = s.chance.from(1, 2);
    Reshape columns = new Reshape(new Reshape.Rule.To(List.of(0L, (long) rows, -1L), false));
    int width = (x.dim(3) - 1) * stride + dilation * (kernelW - 1) + 1;
    int before = s.chance.from(0, Math.min(1, width - 1));
    Col2Im op = new Col2Im(List.of(1, stride), List.of(1, dilation), List.of(0, before, 0, 0));
    Value image = s.constant(kernelH, width - before);
    Value block = s.constant(kernelH, kernelW);
    s.add(columns, x).ifPresent(c -> s.add(op, c, image, block));
  }
}
