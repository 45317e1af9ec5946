package io.clarinet.random;

import io.clarinet.op.Binary;
import io.clarinet.op.Branch;
import io.clarinet.op.Cast;
import io.clarinet.op.Compare;
import io.clarinet.op.Dequantize;
import io.clarinet.op.Dropout;
import io.clarinet.op.Fill;
import io.clarinet.op.If;
import io.clarinet.op.OneHot;
import io.clarinet.op.Quantize;
import io.clarinet.op.Range;
import io.clarinet.op.ShapeOf;
import io.clarinet.op.Unary;
import io.clarinet.op.Where;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Splat;
import io.clarinet.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Functions of each element, and what is known before anything runs. */
final class ElementWords {
  private static final Unary SIGMOID = new Unary(Unary.Kind.SIGMOID, 0, 0);

  static final List<Word> ALL =
      List.of(
          new Word("activation", 5, s -> s.real(0).ifPresent(x -> activation(s, x))),
          new Word("function", 4, s -> s.real(0).ifPresent(x -> function(s, x))),
          new Word("arithmetic", 6, s -> s.real(0).ifPresent(x -> arithmetic(s, x))),
          new Word("arithmetic of two", 5, s -> s.real(0).ifPresent(x -> ofTwo(s, x))),
          new Word("comparison", 2, s -> s.real(0).ifPresent(x -> compare(s, x))),
          new Word("choice", 2, ElementWords::choice),
          new Word("conditional", 2, s -> s.real(1).ifPresent(x -> conditional(s, x))),
          new Word("cast", 2, s -> s.find(v -> true).ifPresent(x -> cast(s, x))),
          new Word("dropout", 1, s -> s.real(0).ifPresent(x -> dropout(s, x))),
          new Word("quantisation", 1, s -> s.real(1).ifPresent(x -> quantize(s, x))),
          new Word("extents", 1, s -> s.real(1).ifPresent(x -> extents(s, x))),
          new Word("range", 1, ElementWords::range),
          new Word("whole numbers", 1, ElementWords::whole),
          new Word("mark at a place", 1, ElementWords::oneHot),
          new Word("fill", 1, s -> s.real(1).ifPresent(x -> fill(s, x))));

  /** The commonest first. */
  private static final Unary.Kind[] FUNCTIONS =
      Stream.concat(
              Stream.of(Unary.Kind.SIGMOID, Unary.Kind.ABS), Arrays.stream(Unary.Kind.values()))
          .distinct()
          .toArray(Unary.Kind[]::new);

  /** ONNX has {@code Mod} of integers only. */
  private static final Binary.Kind[] REAL =
      Arrays.stream(Binary.Kind.values())
          .filter(kind -> kind != Binary.Kind.MOD)
          .toArray(Binary.Kind[]::new);

  private ElementWords() {}

  /** A condition that is constant or that shapes decide; a branch reads one value or two. */
  private static void conditional(Sketch s, Value x) {
    Tensor flag = Tensor.zeros(ElementType.BOOL, Shape.of());
    flag.set(0, s.chance.one(2) ? 1L : 0L);
    Value condition = s.constant(flag);
    if (s.chance.one(2)) {
      condition =
          s.add(new ShapeOf(0, 1), x)
              .flatMap(n -> s.add(new Compare(Compare.Relation.EQUAL), n, s.constant(1L)))
              .orElse(condition);
    }
    Branch one =
        new Branch(
            List.of("a"),
            List.of(new Branch.Call("f", Unary.RELU, List.of("a"), List.of("b"))),
            List.of("b"));
    Branch two =
        new Branch(
            List.of("a", "b"),
            List.of(new Branch.Call("f", Binary.ADD, List.of("a", "b"), List.of("c"))),
            List.of("c"));
    s.add(s.chance.one(2) ? new If(one, two) : new If(two, one), condition, x, x, x);
  }

  private static void activation(Sketch s, Value x) {
    s.add(ImageWords.activation(s.chance), x);
  }

  /** Any function, of values that it is defined for. */
  private static void function(Sketch s, Value x) {
    Unary.Kind kind = s.chance.variant(FUNCTIONS);
    Unary function = parameters(kind);
    if (s.add(function, x).isEmpty()) {
      Optional<Value> unit = s.add(SIGMOID, x);
      if (unit.flatMap(v -> s.add(function, v)).isEmpty()) {
        Value one = s.constant(Tensor.of(Shape.of(), 1));
        unit.flatMap(v -> s.add(Binary.ADD, v, one)).ifPresent(v -> s.add(function, v));
      }
    }
  }

  private static Unary parameters(Unary.Kind kind) {
    return switch (kind) {
      case CLIP -> new Unary(kind, -0.5f, 1);
      case SELU -> new Unary(kind, 1.6732632f, 1.050701f);
      case HARD_SIGMOID -> new Unary(kind, 0.25f, 0.5f);
      case ELU, CELU -> new Unary(kind, 0.75f, 0);
      case LEAKY_RELU, THRESHOLDED_RELU -> new Unary(kind, 0.25f, 0);
      case SHRINK -> new Unary(kind, 0.5f, 0.25f);
      default -> new Unary(kind, 0, 0);
    };
  }

  private static Binary binary(Chance chance) {
    Binary.Kind kind =
        chance.one(3)
            ? chance.variant(REAL)
            : chance.variant(Binary.Kind.ADD, Binary.Kind.MUL, Binary.Kind.SUB, Binary.Kind.MAX);
    return new Binary(kind, chance.one(6) ? ImageWords.activation(chance) : null);
  }

  /** With a constant that broadcasts, or that the value broadcasts to. */
  private static void arithmetic(Sketch s, Value x) {
    int[] dims = x.shape().dims();
    for (int axis = 0; axis < dims.length; axis++) {
      dims[axis] = s.chance.one(2) ? 1 : dims[axis] == 1 && s.chance.one(3) ? 2 : dims[axis];
    }
    int dropped = s.chance.from(0, dims.length);
    int[] inner = Arrays.copyOfRange(dims, s.chance.one(2) ? dropped : 0, dims.length);
    boolean splat = s.chance.one(6);
    Value other =
        splat
            ? s.constant(new Splat(ElementType.FLOAT32, Shape.of(inner), 0.75))
            : s.weights(s.chance.of(0, 1, 3), 0.5, inner);
    apply(s, x, other);
  }

  /** A PReLU's slopes broadcast to its input, not the other way. */
  private static void apply(Sketch s, Value x, Value other) {
    Binary op = binary(s.chance);
    boolean slopes = op.kind() == Binary.Kind.PRELU;
    if (s.chance.one(3) && !slopes) {
      s.add(op, other, x);
    } else if (!slopes || Shape.broadcast(x.shape(), other.shape()).equals(x.shape())) {
      s.add(op, x, other);
    }
  }

  private static void ofTwo(Sketch s, Value x) {
    s.find(v -> v.isReal() && broadcast(v.shape(), x.shape())).ifPresent(y -> apply(s, x, y));
  }

  static boolean broadcast(Shape a, Shape b) {
    try {
      return Shape.broadcast(a, b).size() > 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @SuppressWarnings("ReferenceEquality")
  private static void compare(Sketch s, Value x) {
    Optional<Value> other =
        s.chance.one(2)
            ? s.find(v -> v.isReal() && broadcast(v.shape(), x.shape()) && v != x)
            : Optional.of(s.constant(Tensor.of(Shape.of(), s.chance.of(0.1f, 0.6f))));
    Compare op = new Compare(s.chance.any(Compare.Relation.values()));
    other.ifPresent(y -> s.add(op, x, y));
  }

  /** Between two values, by a boolean that an earlier word made, or an input's. */
  private static void choice(Sketch s) {
    s.real(0)
        .ifPresent(
            x -> {
              Value condition =
                  s.find(v -> v.exact().type() == ElementType.BOOL)
                      .filter(v -> broadcast(v.shape(), x.shape()))
                      .orElseGet(() -> s.input(booleans(s.chance, x.shape())));
              s.find(v -> v.isReal() && broadcast(v.shape(), x.shape()))
                  .ifPresent(y -> s.add(new Where(), condition, x, y));
            });
  }

  private static Tensor booleans(Chance chance, Shape shape) {
    Tensor tensor = Tensor.zeros(ElementType.BOOL, shape);
    for (long i = 0; i < shape.size(); i++) {
      tensor.set(i, chance.one(2) ? 1L : 0L);
    }
    return tensor;
  }

  private static void cast(Sketch s, Value x) {
    if (!x.isReal()) {
      s.add(new Cast(ElementType.FLOAT32), x);
      return;
    }
    ElementType type =
        s.chance.any(ElementType.INT32, ElementType.INT64, ElementType.INT8, ElementType.FLOAT64);
    s.add(new Cast(type), x)
        .filter(v -> s.chance.one(2))
        .ifPresent(v -> s.add(new Cast(ElementType.FLOAT32), v));
  }

  private static void dropout(Sketch s, Value x) {
    Tensor training = Tensor.zeros(ElementType.BOOL, Shape.of());
    s.all(
        new Dropout(s.chance.from(0, 9)),
        x,
        s.constant(Tensor.of(Shape.of(), s.chance.of(0.25f, 0.5f))),
        s.constant(training));
  }

  /** To integers and back. */
  private static void quantize(Sketch s, Value x) {
    ElementType type = s.chance.any(ElementType.UINT8, ElementType.INT8);
    int axis = s.chance.from(0, x.rank() - 1);
    boolean each = s.chance.one(2);
    Shape factors = each ? Shape.of(x.dim(axis)) : Shape.of();
    Value scale = s.constant(s.chance.uniform(0.05, 0.1, factors.dims()));
    Tensor zero = Tensor.zeros(type, factors);
    for (long i = 0; i < factors.size(); i++) {
      zero.set(
          i, (long) (type == ElementType.UINT8 ? s.chance.from(90, 160) : s.chance.from(-9, 9)));
    }
    Value zeroPoint = s.constant(zero);
    s.add(new Quantize(type, axis, 0), x, scale, zeroPoint)
        .ifPresent(v -> s.add(new Dequantize(axis, 0), v, scale, zeroPoint));
  }

  private static void extents(Sketch s, Value x) {
    ShapeOf op = s.chance.one(2) ? ShapeOf.ALL : new ShapeOf(s.chance.from(-2, 1), x.rank());
    s.add(op, x)
        .filter(v -> s.chance.one(2))
        .ifPresent(v -> s.add(new Cast(ElementType.FLOAT32), v));
  }

  private static void range(Sketch s) {
    long step = s.chance.of(1, 2, -1);
    long count = s.chance.from(1, 7);
    s.add(new Range(), s.constant(s.chance.from(-3, 3), s.chance.from(-3, 3) + count * step, step))
        .ifPresent(v -> s.add(new Cast(ElementType.FLOAT32), v));
  }

  /** Arithmetic of integers, of which all but division is the same everywhere. */
  private static void oneHot(Sketch s) {
    int depth = s.chance.from(1, 4);
    int[] dims = s.chance.one(3) ? new int[] {2, 3} : new int[] {s.chance.from(1, 5)};
    s.add(
        new OneHot(s.chance.from(-1, dims.length)),
        s.input(s.chance.indices(depth, dims)),
        s.constant(depth),
        s.constant(s.chance.normal(0, 1, 2)));
  }

  private static void whole(Sketch s) {
    Binary.Kind kind = s.chance.any(Binary.Kind.ADD, Binary.Kind.SUB, Binary.Kind.MOD);
    s.find(Sketch::isIndex)
        .ifPresent(x -> s.add(new Binary(kind, null), x, s.constant(s.chance.from(2, 5))));
  }

  private static void fill(Sketch s, Value x) {
    long[] extents = Arrays.stream(x.shape().dims()).asLongStream().toArray();
    s.add(new Fill(ElementType.FLOAT32, s.chance.of(1f, -0.5f)), s.constant(extents))
        .filter(v -> s.chance.one(2))
        .ifPresent(v -> s.add(binary(s.chance), x, v));
  }
}
