package io.clarinet.op;

import io.clarinet.Case;
import io.clarinet.TestTensors;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/**
 * An operator that samples images or puts them together, and inputs for it, as a case says.
 *
 * @param known inputs that are constants, after the others
 * @param kernel its kernel's name
 */
public record SamplingProblem(
    String kernel, Op op, List<Tensor> inputs, List<Tensor> known, double tolerance) {

  private static final List<String> FILES =
      List.of(
          "affine_grid",
          "col2im",
          "grid_sample",
          "max_pool",
          "max_roi_pool",
          "max_unpool",
          "roi_align");

  /** A case and the file that it is of. */
  public record Named(String file, Case c) {
    @Override
    public String toString() {
      return file + " " + c;
    }
  }

  /** Every case of these operators. */
  public static List<Named> cases() {
    return FILES.stream().flatMap(f -> Case.of(f).stream().map(c -> new Named(f, c))).toList();
  }

  /** The problem of a case, with random numbers. */
  public static SamplingProblem of(Named named, Random random) {
    Case c = named.c();
    return switch (named.file()) {
      case "affine_grid" -> affineGrid(c, random);
      case "col2im" -> col2Im(c, random);
      case "grid_sample" -> gridSample(c, random);
      case "max_pool" -> maxPool(c, random);
      case "max_roi_pool" -> maxRoiPool(c, random);
      case "max_unpool" -> maxUnpool(c, random);
      case "roi_align" -> roiAlign(c, random);
      default -> throw new IllegalArgumentException(named.file());
    };
  }

  private static Tensor image(Case c, Random random) {
    Tensor x =
        TestTensors.random(random, c.integer("n"), c.integer("c"), c.integer("h"), c.integer("w"));
    if (c.flag("nan")) {
      x.set(random.nextInt((int) x.shape().size()), Double.NaN);
    }
    return x;
  }

  private static Tensor longs(long... values) {
    return Tensor.ofLongs(Shape.of(values.length), values);
  }

  private static SamplingProblem affineGrid(Case c, Random random) {
    int axes = c.integer("axes");
    Tensor maps = TestTensors.random(random, c.integer("n"), axes, axes + 1);
    long n = c.integer("n");
    Tensor size =
        axes == 2
            ? longs(n, 1, c.integer("h"), c.integer("w"))
            : longs(n, 1, c.integer("d"), c.integer("h"), c.integer("w"));
    AffineGrid op = new AffineGrid(c.flag("align"));
    return new SamplingProblem("affine_grid", op, List.of(maps), List.of(size), 1e-6);
  }

  private static SamplingProblem col2Im(Case c, Random random) {
    List<Integer> pads = Stream.of("top", "left", "bottom", "right").map(c::integer).toList();
    Col2Im op =
        new Col2Im(
            List.of(c.integer("sh"), c.integer("sw")),
            List.of(c.integer("dh"), c.integer("dw")),
            pads);
    WindowNd window =
        new WindowNd(
            List.of(c.integer("kh"), c.integer("kw")),
            op.strides(),
            op.dilations(),
            Padding.Rule.EXPLICIT,
            pads);
    Shape image = Shape.of(c.integer("n"), c.integer("c"), c.integer("h"), c.integer("w"));
    int blocks = (int) op.blocks(window, image).size(2, 4);
    Tensor x = TestTensors.random(random, image.n(), image.c() * window.taps(), blocks);
    if (c.flag("nan")) {
      x.set(random.nextInt((int) x.shape().size()), Double.NaN);
    }
    Tensor block = longs(c.integer("kh"), c.integer("kw"));
    return new SamplingProblem(
        "col2im", op, List.of(x), List.of(longs(image.h(), image.w()), block), 1e-6);
  }

  private static SamplingProblem gridSample(Case c, Random random) {
    boolean volume = c.integer("axes") == 3;
    int n = c.integer("n");
    Shape places =
        volume
            ? Shape.of(n, c.integer("od"), c.integer("oh"), c.integer("ow"), 3)
            : Shape.of(n, c.integer("oh"), c.integer("ow"), 2);
    Shape x =
        volume
            ? Shape.of(n, c.integer("c"), c.integer("d"), c.integer("h"), c.integer("w"))
            : Shape.of(n, c.integer("c"), c.integer("h"), c.integer("w"));
    GridSample op =
        new GridSample(
            GridSample.Mode.valueOf(c.text("mode").toUpperCase(Locale.ROOT)),
            GridSample.Outside.valueOf(c.text("outside").toUpperCase(Locale.ROOT)),
            c.flag("align"));
    Tensor grid = Tensor.zeros(places);
    for (long i = 0; i < places.size(); i++) {
      double at = 3.5 * random.nextDouble() - 1.75;
      int extent = x.dim(-1 - (int) (i % places.dim(-1)));
      grid.set(i, op.mode() == GridSample.Mode.NEAREST ? besidePixels(op, at, extent) : at);
    }
    if (c.flag("nan")) {
      grid.set(3, Double.NaN);
    }
    Tensor image = TestTensors.random(random, x.dims());
    return new SamplingProblem("grid_sample", op, List.of(image, grid), List.of(), 2e-5);
  }

  /** The coordinate moved to a quarter after a pixel, where float32 rounds as double does. */
  private static double besidePixels(GridSample op, double at, int extent) {
    double size = op.alignCorners() ? Math.max(1, extent - 1) : extent;
    double shift = op.alignCorners() ? 1 : 1 - 1.0 / extent;
    return (Math.floor((at + shift) / 2 * size) + 0.25) * 2 / size - shift;
  }

  /** Edges at quarters of pixels, some outside of the image. */
  private static float edge(Case c, Random random, int side) {
    double at = (side < 2 ? -0.2 : 0.3) + 0.9 * random.nextDouble();
    double extent = c.integer(side % 2 == 0 ? "w" : "h");
    return (float) (Math.rint(at * extent * 4) / 4 / Double.parseDouble(c.text("scale")));
  }

  private static SamplingProblem maxRoiPool(Case c, Random random) {
    Tensor regions = Tensor.zeros(Shape.of(c.integer("r"), 5));
    for (int i = 0; i < regions.shape().size(); i++) {
      int image = random.nextInt(c.integer("n"));
      regions.set(i, i % 5 == 0 ? image : edge(c, random, i % 5 - 1));
    }
    MaxRoiPool op =
        new MaxRoiPool(c.integer("height"), c.integer("width"), Float.parseFloat(c.text("scale")));
    return new SamplingProblem(
        "max_roi_pool", op, List.of(image(c, random), regions), List.of(), 0);
  }

  private static SamplingProblem roiAlign(Case c, Random random) {
    Tensor regions = Tensor.zeros(Shape.of(c.integer("r"), 4));
    for (int i = 0; i < regions.shape().size(); i++) {
      regions.set(i, (double) edge(c, random, i % 4));
    }
    Tensor images = longs(random.longs(c.integer("r"), 0, c.integer("n")).toArray());
    RoiAlign op =
        new RoiAlign(
            c.flag("largest"),
            c.flag("half_pixel"),
            c.integer("height"),
            c.integer("width"),
            c.integer("samples"),
            Float.parseFloat(c.text("scale")));
    return new SamplingProblem(
        "roi_align", op, List.of(image(c, random), regions, images), List.of(), 1e-5);
  }

  /** The axis of depth is left out where it is one. */
  private static SamplingProblem maxPool(Case c, Random random) {
    List<String> axes = c.integer("d") == 1 ? List.of("h", "w") : List.of("d", "h", "w");
    int[] dims = Stream.concat(Stream.of("n", "c"), axes.stream()).mapToInt(c::integer).toArray();
    List<Integer> pads = axes.stream().map(axis -> c.integer("p" + axis)).toList();
    WindowNd window =
        new WindowNd(
            axes.stream().map(axis -> c.integer("k" + axis)).toList(),
            axes.stream().map(axis -> c.integer("s" + axis)).toList(),
            axes.stream().map(axis -> axis.equals("d") ? 1 : c.integer("d" + axis)).toList(),
            Padding.Rule.EXPLICIT,
            Stream.concat(pads.stream(), pads.stream()).toList());
    PoolNd.Indices indices =
        c.flag("column") ? PoolNd.Indices.COLUMN_MAJOR : PoolNd.Indices.ROW_MAJOR;
    Tensor x = TestTensors.random(random, dims);
    for (int i = 0; c.flag("ties") && i < x.shape().size(); i++) {
      x.set(i, (double) random.nextInt(3));
    }
    if (c.flag("nan")) {
      x.set(random.nextInt((int) x.shape().size()), Double.NaN);
    }
    PoolNd op = new PoolNd(PoolNd.Kind.MAX, window, false, false, 2, indices);
    return new SamplingProblem("max_pool", op, List.of(x), List.of(), 0);
  }

  private static SamplingProblem maxUnpool(Case c, Random random) {
    int kernel = c.integer("kernel");
    int stride = c.integer("stride");
    int pad = c.integer("pad");
    MaxUnpool op =
        new MaxUnpool(
            new WindowNd(
                List.of(kernel, kernel),
                List.of(stride, stride),
                List.of(1, 1),
                Padding.Rule.EXPLICIT,
                List.of(pad, pad, pad, pad)));
    Tensor x = image(c, random);
    Shape least = op.pooled(x.shape());
    int plane = least.h() * least.w();
    Tensor indices = Tensor.zeros(ElementType.INT64, x.shape());
    int elements = x.shape().h() * x.shape().w();
    for (int i = 0; i < x.shape().size(); i++) {
      int within = random.nextInt(plane);
      indices.set(i, random.nextInt(20) == 0 ? -7L : (long) i / elements * plane + within);
    }
    int more = c.integer("more");
    List<Tensor> shape =
        more == 0
            ? List.of()
            : List.of(longs(least.n(), least.c(), least.h() + more, least.w() + more));
    return new SamplingProblem("max_unpool", op, List.of(x, indices), shape, 0);
  }
}
