package io.clarinet.random;

import io.clarinet.op.ArgMax;
import io.clarinet.op.ConvNd;
import io.clarinet.op.ConvTranspose;
import io.clarinet.op.CumSum;
import io.clarinet.op.Hardmax;
import io.clarinet.op.Interpolation;
import io.clarinet.op.LayerNorm;
import io.clarinet.op.MatMul;
import io.clarinet.op.Padding;
import io.clarinet.op.PoolNd;
import io.clarinet.op.Reduce;
import io.clarinet.op.Resize;
import io.clarinet.op.Softmax;
import io.clarinet.op.TopK;
import io.clarinet.op.WindowNd;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Sums, products and choices along axes, and windows over any number of them. */
final class ReductionWords {
  static final List<Word> ALL =
      List.of(
          new Word("reduction", 4, s -> s.real(1).ifPresent(x -> reduce(s, x))),
          new Word("running sums", 1, s -> s.real(1).ifPresent(x -> cumSum(s, x))),
          new Word("softmax", 3, s -> s.real(1).ifPresent(x -> softmax(s, x))),
          new Word("layer norm", 2, s -> s.real(1).ifPresent(x -> layerNorm(s, x))),
          new Word("matrix product", 3, s -> s.real(1).ifPresent(x -> matMul(s, x))),
          new Word("place of the largest", 2, s -> s.real(1).ifPresent(x -> argMax(s, x))),
          new Word("mark of the largest", 2, s -> s.real(1).ifPresent(x -> hardmax(s, x))),
          new Word("largest", 2, s -> s.real(1).ifPresent(x -> topK(s, x))),
          new Word("convolution of any rank", 2, s -> s.real(3).ifPresent(x -> conv(s, x))),
          new Word("transposed convolution", 2, s -> s.real(3).ifPresent(x -> transposed(s, x))),
          new Word("pooling of any rank", 2, s -> s.real(3).ifPresent(x -> pool(s, x))),
          new Word("resizing", 2, s -> s.real(3).ifPresent(x -> resize(s, x))));

  private ReductionWords() {}

  private static void reduce(Sketch s, Value x) {
    Reduce.Kind kind = s.chance.variant(Reduce.Kind.values());
    List<Integer> axes = new ArrayList<>(IntStream.range(0, x.rank()).boxed().toList());
    Collections.shuffle(axes, s.chance.random());
    axes = axes.subList(0, s.chance.from(0, x.rank()));
    boolean none = s.chance.one(6);
    if (s.chance.one(4)) {
      long[] given = axes.stream().mapToLong(Integer::longValue).toArray();
      s.add(new Reduce(kind, List.of(), s.chance.one(2), none), x, s.constant(given));
    } else {
      s.add(new Reduce(kind, axes, s.chance.one(2), none), x);
    }
  }

  private static void cumSum(Sketch s, Value x) {
    CumSum op = new CumSum(s.chance.one(2), s.chance.one(2));
    int axis = s.chance.from(-1, x.rank() - 1);
    s.add(op, x, s.constant(Tensor.ofLongs(Shape.of(), axis)));
  }

  private static void softmax(Sketch s, Value x) {
    s.add(new Softmax(s.chance.from(-1, x.rank() - 1), s.chance.one(3), s.chance.one(4)), x);
  }

  private static void layerNorm(Sketch s, Value x) {
    int axis = s.chance.from(0, x.rank() - 1);
    int[] inner = IntStream.range(axis, x.rank()).map(x::dim).toArray();
    if (!Steadiness.varies(x.exact(), x.shape().size(axis, x.rank()))) {
      return;
    }
    Value scale = s.weights(1, 0.2, inner);
    LayerNorm op = new LayerNorm(s.chance.one(2) ? axis : axis - x.rank(), 1e-5f);
    if (s.chance.one(3)) {
      s.all(op, x, scale);
    } else {
      s.all(op, x, scale, s.weights(0, 0.5, inner));
    }
  }

  private static void matMul(Sketch s, Value x) {
    Optional<Value> right =
        s.find(v -> v.isReal() && v.rank() > 1 && v.dim(-2) == x.dim(-1))
            .filter(v -> s.chance.one(2));
    double deviation = 1 / Math.sqrt(x.dim(-1));
    int columns = s.chance.of(1, 3, 5, 8, 17);
    Value other = right.orElseGet(() -> s.weights(0, deviation, weightsFor(s, x, columns)));
    s.add(new MatMul(), x, other);
  }

  private static int[] weightsFor(Sketch s, Value x, int columns) {
    int depth = x.dim(-1);
    boolean batched = x.rank() > 2 && s.chance.one(3);
    return s.chance.one(8)
        ? new int[] {depth}
        : batched ? new int[] {x.dim(-3), depth, columns} : new int[] {depth, columns};
  }

  private static void argMax(Sketch s, Value x) {
    int axis = s.chance.from(-1, x.rank() - 1);
    s.add(new ArgMax(axis, s.chance.one(2), s.chance.one(3), s.chance.one(3)), x);
  }

  private static void hardmax(Sketch s, Value x) {
    s.add(new Hardmax(s.chance.from(-1, x.rank() - 1), s.chance.one(4)), x);
  }

  private static void topK(Sketch s, Value x) {
    int axis = s.chance.from(-1, x.rank() - 1);
    int k = s.chance.from(1, Math.min(5, x.shape().dim(axis)));
    TopK op = new TopK(axis, s.chance.one(2), k);
    if (s.chance.one(3)) {
      s.all(op, x, s.constant((long) k));
    } else {
      s.all(op, x);
    }
  }

  /** A window, of automatic padding only where ONNX Runtime has the same. */
  private static WindowNd window(Sketch s, Value x) {
    List<Integer> kernel = new ArrayList<>();
    List<Integer> strides = new ArrayList<>();
    List<Integer> dilations = new ArrayList<>();
    List<Integer> pads = new ArrayList<>();
    for (int axis = 2; axis < x.rank(); axis++) {
      kernel.add(s.chance.of(1, 2, 3));
      strides.add(s.chance.of(1, 1, 2));
      dilations.add(s.chance.of(1, 1, 1, 2));
    }
    boolean overlaps =
        IntStream.range(0, kernel.size()).allMatch(i -> kernel.get(i) >= strides.get(i));
    boolean dense = dilations.stream().allMatch(d -> d == 1);
    Padding.Rule rule =
        overlaps && dense && s.chance.one(4)
            ? s.chance.any(Padding.Rule.values())
            : Padding.Rule.EXPLICIT;
    for (int i = 0; i < 2 * kernel.size(); i++) {
      boolean room = rule == Padding.Rule.EXPLICIT && kernel.get(i % kernel.size()) > 1;
      pads.add(room ? s.chance.from(0, 1) : 0);
    }
    return new WindowNd(kernel, strides, dilations, rule, pads);
  }

  private static Value[] withWeights(Sketch s, Value x, Value weights, int outputs) {
    return s.chance.one(2)
        ? new Value[] {x, weights}
        : new Value[] {x, weights, s.weights(0, 0.5, outputs)};
  }

  private static int[] kernel(int first, int second, WindowNd window) {
    return IntStream.concat(
            IntStream.of(first, second), window.kernel().stream().mapToInt(Integer::intValue))
        .toArray();
  }

  private static void conv(Sketch s, Value x) {
    WindowNd window = window(s, x);
    int groups = x.dim(1) % 2 == 0 && s.chance.one(3) ? 2 : 1;
    int outputs = groups * s.chance.of(1, 3, 4);
    int depth = x.dim(1) / groups;
    double deviation = 1 / Math.sqrt((double) depth * window.taps());
    Value weights = s.weights(0, deviation, kernel(outputs, depth, window));
    s.add(new ConvNd(window, groups), withWeights(s, x, weights, outputs));
  }

  private static void transposed(Sketch s, Value x) {
    WindowNd window = window(s, x);
    int groups = x.dim(1) % 2 == 0 && s.chance.one(3) ? 2 : 1;
    int each = s.chance.of(1, 3, 4);
    double deviation = 1 / Math.sqrt((double) x.dim(1) / groups * window.taps());
    Value weights = s.weights(0, deviation, kernel(x.dim(1), each, window));
    List<Integer> extra =
        hasExplicitPads(window) && s.chance.one(3)
            ? window.strides().stream().map(stride -> stride - 1).toList()
            : List.of();
    s.add(
        new ConvTranspose(window, groups, extra, List.of()),
        withWeights(s, x, weights, each * groups));
  }

  /** Where pads follow from the extents, ONNX's two ways to count an output padding differ. */
  private static boolean hasExplicitPads(WindowNd window) {
    return window.rule() == Padding.Rule.EXPLICIT;
  }

  private static void pool(Sketch s, Value x) {
    WindowNd window = window(s, x);
    PoolNd.Kind kind = s.chance.any(PoolNd.Kind.values());
    boolean explicit = hasExplicitPads(window);
    boolean indexed = kind == PoolNd.Kind.MAX && s.chance.one(2);
    PoolNd.Indices indices =
        indexed
            ? s.chance.any(PoolNd.Indices.ROW_MAJOR, PoolNd.Indices.COLUMN_MAJOR)
            : PoolNd.Indices.NONE;
    boolean ceil = explicit && kind != PoolNd.Kind.LP && endsInside(window, x) && s.chance.one(3);
    s.all(new PoolNd(kind, window, ceil, s.chance.one(2), s.chance.of(1, 2, 3), indices), x);
  }

  private static boolean endsInside(WindowNd window, Value x) {
    return IntStream.range(0, window.axes())
        .allMatch(
            axis -> ImageWords.endsInside(window.rows(axis, x.dim(axis + 2)), x.dim(axis + 2)));
  }

  private static void resize(Sketch s, Value x) {
    Interpolation how =
        new Interpolation(
            s.chance.any(Interpolation.Mode.values()),
            s.chance.any(Interpolation.Rounding.values()),
            -0.75f,
            false,
            false);
    Resize.Coordinates coordinates =
        s.chance.any(
            Resize.Coordinates.HALF_PIXEL,
            Resize.Coordinates.PYTORCH_HALF_PIXEL,
            Resize.Coordinates.ALIGN_CORNERS,
            Resize.Coordinates.ASYMMETRIC);
    Resize op = new Resize(how, coordinates, Resize.Policy.STRETCH, List.of(), 0);
    boolean scaled = !byExtent(coordinates) && s.chance.one(2);
    boolean nearest = how.mode() == Interpolation.Mode.NEAREST;
    s.add(op, x, scaled ? scales(s, x) : nearest ? multiples(s, x) : sizes(s, x));
  }

  /**
   * Whether the output's extent decides where it reads. Of one that scales make, ONNX takes the
   * product, and ONNX Runtime what is left of it when its fraction is cut off.
   */
  private static boolean byExtent(Resize.Coordinates coordinates) {
    return coordinates == Resize.Coordinates.ALIGN_CORNERS
        || coordinates == Resize.Coordinates.PYTORCH_HALF_PIXEL;
  }

  private static Value scales(Sketch s, Value x) {
    float[] scales = new float[x.rank()];
    for (int axis = 0; axis < x.rank(); axis++) {
      scales[axis] = axis < 2 ? 1 : s.chance.of(1f, 2f, 0.5f, 1.5f);
    }
    return s.constant(Tensor.of(Shape.of(x.rank()), scales));
  }

  /** Sizes whose coordinates float32 computes exactly, as the nearest neighbour jumps. */
  private static Value multiples(Sketch s, Value x) {
    return s.constant(
        IntStream.range(0, x.rank())
            .mapToLong(axis -> (long) x.dim(axis) * (axis < 2 ? 1 : s.chance.of(1, 2, 4)))
            .toArray());
  }

  private static Value sizes(Sketch s, Value x) {
    return s.constant(
        IntStream.range(0, x.rank())
            .mapToLong(axis -> axis < 2 ? x.dim(axis) : s.chance.from(2, 2 * x.dim(axis)))
            .toArray());
  }
}
