package io.clarinet.random;

import io.clarinet.op.Concat;
import io.clarinet.op.Expand;
import io.clarinet.op.Gather;
import io.clarinet.op.GatherElements;
import io.clarinet.op.GatherNd;
import io.clarinet.op.Pad;
import io.clarinet.op.Reshape;
import io.clarinet.op.Reshape.Rule;
import io.clarinet.op.Scatter;
import io.clarinet.op.Slice;
import io.clarinet.op.Split;
import io.clarinet.op.Tile;
import io.clarinet.op.Transpose;
import io.clarinet.op.Trilu;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Operators that only move elements, or give them another shape. */
final class ShapeWords {
  private static final int MAX_RANK = 6;

  static final List<Word> ALL =
      List.of(
          new Word("views", 8, s -> s.real(0).ifPresent(x -> views(s, x))),
          new Word("view", 4, s -> any(s).ifPresent(x -> view(s, x))),
          new Word("view and back", 2, s -> s.real(2).ifPresent(x -> viewAndBack(s, x))),
          new Word("split", 4, s -> any(s).ifPresent(x -> split(s, x))),
          new Word("slice", 3, s -> any(s).ifPresent(x -> slice(s, x))),
          new Word("concatenation", 4, s -> any(s).ifPresent(x -> concat(s, x))),
          new Word("split and join", 2, s -> s.real(1).ifPresent(x -> splitAndJoin(s, x))),
          new Word("transpose", 3, s -> any(s).ifPresent(x -> transpose(s, x))),
          new Word("pad", 2, s -> any(s).ifPresent(x -> pad(s, x))),
          new Word("tile", 1, s -> any(s).ifPresent(x -> tile(s, x))),
          new Word("expand", 1, s -> any(s).ifPresent(x -> expand(s, x))),
          new Word("gather", 2, s -> any(s).ifPresent(x -> gather(s, x))),
          new Word("gather elements", 1, s -> any(s).ifPresent(x -> gatherElements(s, x))),
          new Word("gather slices", 1, s -> any(s).ifPresent(x -> gatherNd(s, x))),
          new Word("scatter elements", 1, s -> s.real(1).ifPresent(x -> scatterElements(s, x))),
          new Word("scatter slices", 1, s -> s.real(1).ifPresent(x -> scatterSlices(s, x))),
          new Word("triangle", 1, s -> s.real(2).ifPresent(x -> trilu(s, x))));

  private ShapeWords() {}

  private static Optional<Value> any(Sketch s) {
    return s.chance.one(6) ? s.find(v -> v.rank() > 0) : s.real(1);
  }

  private static void views(Sketch s, Value x) {
    Optional<Value> last = Optional.of(x);
    for (int i = s.chance.from(2, 4); i > 0; i--) {
      last = last.flatMap(v -> view(s, v));
    }
  }

  /** Another shape, something small done to it, and the first shape again. */
  private static void viewAndBack(Sketch s, Value x) {
    Rule back = new Rule.To(extents(x), false);
    view(s, x)
        .flatMap(v -> s.add(ImageWords.activation(s.chance), v))
        .ifPresent(v -> s.add(new Reshape(back), v));
  }

  private static List<Long> extents(Value x) {
    return IntStream.of(x.shape().dims()).mapToObj(d -> (long) d).toList();
  }

  static Optional<Value> view(Sketch s, Value x) {
    Chance chance = s.chance;
    return switch (chance.from(0, 8)) {
      case 0 -> s.add(new Reshape(new Rule.Flatten(chance.from(0, x.rank()))), x);
      case 1, 2 -> squeeze(s, x);
      case 3 -> s.add(new Reshape(new Rule.Unsqueeze(List.of(chance.from(-1, x.rank())))), x);
      case 4 -> s.add(Reshape.IDENTITY, x);
      default -> reshape(s, x);
    };
  }

  private static Optional<Value> squeeze(Sketch s, Value x) {
    List<Integer> ones = IntStream.range(0, x.rank()).filter(i -> x.dim(i) == 1).boxed().toList();
    if (ones.isEmpty()) {
      return s.add(new Reshape(new Rule.Unsqueeze(List.of(0, -1))), x);
    }
    return switch (s.chance.from(0, 3)) {
      case 0 -> s.add(new Reshape(new Rule.Squeeze(List.of())), x);
      case 1 -> s.add(new Reshape(new Rule.Squeeze(ones)), x);
      case 2 -> s.add(new Reshape(new Rule.SqueezeInput()), x, s.constant(s.chance.of(ones)));
      default -> s.add(new Reshape(new Rule.Squeeze(List.of(s.chance.of(ones)))), x);
    };
  }

  /** Neighbouring extents multiplied, or one cut into factors. */
  private static Optional<Value> reshape(Sketch s, Value x) {
    List<Long> extents = new ArrayList<>(extents(x));
    for (int i = s.chance.from(1, 3); i > 0; i--) {
      if (extents.size() > 1 && s.chance.one(2)) {
        int at = s.chance.from(0, extents.size() - 2);
        extents.set(at, extents.get(at) * extents.remove(at + 1));
      } else if (!extents.isEmpty() && extents.size() < MAX_RANK) {
        int at = s.chance.from(0, extents.size() - 1);
        long factor = s.chance.of(factors(extents.get(at)));
        extents.set(at, extents.get(at) / factor);
        extents.add(at, factor);
      }
    }
    shorten(s.chance, extents, x);
    if (s.chance.one(5)) {
      long[] target = extents.stream().mapToLong(Long::longValue).toArray();
      return s.add(new Reshape(new Rule.ToInput(false)), x, s.constant(target));
    }
    return s.add(new Reshape(new Rule.To(extents, false)), x);
  }

  private static List<Long> factors(long extent) {
    return IntStream.rangeClosed(1, (int) extent)
        .filter(f -> extent % f == 0)
        .mapToObj(f -> (long) f)
        .toList();
  }

  /** Says what the input's shape tells by 0 and -1, as models do. */
  private static void shorten(Chance chance, List<Long> extents, Value x) {
    boolean keepsFirst = x.rank() > 0 && !extents.isEmpty() && extents.get(0) == x.dim(0);
    if (keepsFirst && chance.one(2)) {
      extents.set(0, 0L);
    }
    if (!extents.isEmpty() && chance.one(2)) {
      extents.set(chance.from(0, extents.size() - 1), -1L);
    }
  }

  private static int axis(Chance chance, Value x) {
    int axis = chance.from(0, x.rank() - 1);
    return chance.one(4) ? axis - x.rank() : axis;
  }

  private static List<Value> split(Sketch s, Value x) {
    int axis = axis(s.chance, x);
    int extent = x.shape().dim(axis);
    int parts = Math.min(extent, s.chance.of(1, 2, 2, 3, 4));
    if (s.chance.one(2)) {
      return extent % parts == 0 ? s.all(new Split(axis, parts), x) : List.of();
    }
    long[] extents = new long[parts];
    int left = extent;
    for (int i = 0; i < parts; i++) {
      extents[i] = i == parts - 1 ? left : s.chance.from(1, left - (parts - 1 - i));
      left -= (int) extents[i];
    }
    return s.all(new Split(axis, parts), x, s.constant(extents));
  }

  /** The parts in another order, some of them changed. */
  private static void splitAndJoin(Sketch s, Value x) {
    int axis = axis(s.chance, x);
    int parts = s.chance.from(2, 3);
    if (x.shape().dim(axis) % parts != 0) {
      return;
    }
    List<Value> made = new ArrayList<>(s.all(new Split(axis, parts), x));
    made.replaceAll(v -> s.chance.one(2) ? s.add(ImageWords.activation(s.chance), v).orElse(v) : v);
    Collections.shuffle(made, s.chance.random());
    if (made.size() > 1) {
      s.add(new Concat(axis), made.toArray(Value[]::new));
    }
  }

  private static void slice(Sketch s, Value x) {
    List<Slice.Range> ranges = new ArrayList<>();
    for (int axis = 0; axis < x.rank(); axis++) {
      if (s.chance.one(Math.min(2, x.rank()))) {
        ranges.add(range(s.chance, axis, x.dim(axis)));
      }
    }
    if (!s.chance.one(4)) {
      s.add(new Slice(ranges), x);
      return;
    }
    s.add(
        new Slice(List.of()),
        x,
        s.constant(ranges.stream().mapToLong(Slice.Range::start).toArray()),
        s.constant(ranges.stream().mapToLong(Slice.Range::end).toArray()),
        s.constant(ranges.stream().mapToLong(Slice.Range::axis).toArray()),
        s.constant(ranges.stream().mapToLong(Slice.Range::step).toArray()));
  }

  private static Slice.Range range(Chance chance, int axis, int extent) {
    int start = chance.from(0, extent - 1);
    int end = chance.from(start + 1, extent);
    int step = chance.of(1, 1, 1, 2, 3);
    boolean fromEnd = chance.one(4);
    return chance.one(5)
        ? new Slice.Range(axis, end - 1, start - 1 - extent, -step)
        : new Slice.Range(axis, fromEnd ? start - extent : start, end, step);
  }

  /** Of values that differ along one axis only. */
  private static void concat(Sketch s, Value x) {
    int axis = axis(s.chance, x);
    List<Value> parts = new ArrayList<>(List.of(x));
    for (int i = s.chance.from(1, 3); i > 0; i--) {
      s.find(
              v ->
                  v.exact().type() == x.exact().type()
                      && v.rank() == x.rank()
                      && v.shape().with(axis, 1).equals(x.shape().with(axis, 1)))
          .ifPresent(parts::add);
    }
    if (s.chance.one(8) && x.isReal()) {
      parts.add(s.constant(s.chance.normal(0, 1, x.shape().dims())));
    }
    Collections.shuffle(parts, s.chance.random());
    s.add(new Concat(axis), parts.toArray(Value[]::new));
  }

  /** ONNX Runtime fuses every transpose of a matrix into a product, one that turns nothing too. */
  private static void transpose(Sketch s, Value x) {
    List<Integer> axes = new ArrayList<>(IntStream.range(0, x.rank()).boxed().toList());
    Collections.shuffle(axes, s.chance.random());
    if (x.rank() == 4 && s.chance.one(2)) {
      axes = s.chance.any(List.of(0, 2, 3, 1), List.of(0, 3, 1, 2), List.of(0, 1, 3, 2));
    }
    s.add(new Transpose(x.rank() == 2 || s.chance.one(8) ? List.of() : axes), x);
  }

  private static void pad(Sketch s, Value x) {
    Pad.Mode mode = s.chance.any(Pad.Mode.CONSTANT, Pad.Mode.REFLECT, Pad.Mode.EDGE);
    List<Integer> pads = new ArrayList<>();
    for (int i = 0; i < 2 * x.rank(); i++) {
      int most = mode == Pad.Mode.REFLECT ? Math.min(2, x.dim(i % x.rank()) - 1) : 2;
      pads.add(s.chance.one(2) ? s.chance.from(0, most) : 0);
    }
    if (s.chance.one(4)) {
      long[] given = pads.stream().mapToLong(Integer::longValue).toArray();
      s.add(new Pad(mode, List.of(), 0), x, s.constant(given));
    } else if (x.isReal()) {
      s.add(new Pad(mode, pads, s.chance.of(0, 0, 1.5f)), x);
    }
  }

  private static void tile(Sketch s, Value x) {
    s.add(
        new Tile(),
        x,
        s.constant(IntStream.range(0, x.rank()).mapToLong(i -> s.chance.of(1, 1, 2, 3)).toArray()));
  }

  private static void expand(Sketch s, Value x) {
    List<Long> target = new ArrayList<>(extents(x));
    target.replaceAll(extent -> extent == 1 ? s.chance.from(1, 3) : s.chance.one(3) ? 1 : extent);
    if (s.chance.one(3) && target.size() < MAX_RANK) {
      target.add(0, (long) s.chance.from(1, 3));
    }
    s.add(new Expand(), x, s.constant(target.stream().mapToLong(Long::longValue).toArray()));
  }

  private static void gather(Sketch s, Value x) {
    int axis = axis(s.chance, x);
    int extent = x.shape().dim(axis);
    int[] dims =
        switch (s.chance.from(0, 3)) {
          case 0 -> new int[] {};
          case 1 -> new int[] {2, 2};
          default -> new int[] {s.chance.from(1, 4)};
        };
    s.add(new Gather(axis), x, indices(s, extent, dims));
  }

  private static Value indices(Sketch s, int extent, int... dims) {
    var drawn = s.chance.indices(extent, dims);
    return s.chance.one(4) ? s.input(drawn) : s.constant(drawn);
  }

  private static void gatherElements(Sketch s, Value x) {
    int axis = axis(s.chance, x);
    int[] dims = x.shape().dims();
    int along = x.shape().axis(axis);
    dims[along] = s.chance.from(1, 4);
    s.add(new GatherElements(axis), x, indices(s, x.dim(along), dims));
  }

  private static void gatherNd(Sketch s, Value x) {
    int batch = x.rank() > 1 && s.chance.one(3) ? 1 : 0;
    int length = s.chance.from(1, x.rank() - batch);
    int least = IntStream.range(batch, batch + length).map(x::dim).min().orElse(1);
    int count = s.chance.from(1, 3);
    int[] dims = batch == 1 ? new int[] {x.dim(0), count, length} : new int[] {count, length};
    s.add(new GatherNd(batch), x, indices(s, least, dims));
  }

  /** Where several updates meet, ONNX Runtime joins them in their order too. */
  private static void scatterElements(Sketch s, Value x) {
    int axis = axis(s.chance, x);
    int[] dims = IntStream.of(x.shape().dims()).map(extent -> s.chance.from(1, extent)).toArray();
    Scatter op = new Scatter(new Scatter.Form.Elements(axis), join(s));
    s.add(op, x, indices(s, x.shape().dim(axis), dims), s.weights(0, 1, dims));
  }

  /** Each slice at most once: ONNX Runtime writes them in any order. */
  private static void scatterSlices(Sketch s, Value x) {
    List<Long> slices = new ArrayList<>(LongStream.range(0, x.dim(0)).boxed().toList());
    Collections.shuffle(slices, s.chance.random());
    int[] dims = x.shape().with(0, s.chance.from(1, x.dim(0))).dims();
    long[] taken = slices.stream().limit(dims[0]).mapToLong(Long::longValue).toArray();
    Value indices = s.constant(Tensor.ofLongs(Shape.of(dims[0], 1), taken));
    s.add(new Scatter(new Scatter.Form.Slices(), join(s)), x, indices, s.weights(0, 1, dims));
  }

  /** ONNX of opset 17 has no others. */
  private static Scatter.Join join(Sketch s) {
    return s.chance.any(Scatter.Join.REPLACE, Scatter.Join.ADD, Scatter.Join.MULTIPLY);
  }

  private static void trilu(Sketch s, Value x) {
    Trilu op = new Trilu(s.chance.one(2));
    if (s.chance.one(2)) {
      s.add(op, x);
    } else {
      s.add(op, x, s.constant(Tensor.ofLongs(Shape.of(), s.chance.from(-2, 2))));
    }
  }
}
