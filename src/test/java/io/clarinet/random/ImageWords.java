package io.clarinet.random;

import io.clarinet.op.BatchNorm;
import io.clarinet.op.BatchStatisticsNorm;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Dense;
import io.clarinet.op.DepthToSpace;
import io.clarinet.op.Epilogue;
import io.clarinet.op.GlobalPool2d;
import io.clarinet.op.GroupNorm;
import io.clarinet.op.Lrn;
import io.clarinet.op.Padding;
import io.clarinet.op.Pool2d;
import io.clarinet.op.SpaceToDepth;
import io.clarinet.op.Transpose;
import io.clarinet.op.Unary;
import io.clarinet.op.Window2d;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Operators of networks for pictures; {@link BlockWords} joins them. */
final class ImageWords {
  static final List<Word> ALL =
      List.of(
          new Word("convolution", 10, s -> s.image().ifPresent(x -> convolution(s, x))),
          new Word("pooling", 4, s -> s.image().ifPresent(x -> pooling(s, x))),
          new Word("global pooling", 2, s -> s.image().ifPresent(x -> globalPooling(s, x))),
          new Word("batch norm", 3, s -> s.real(2).ifPresent(x -> batchNorm(s, x))),
          new Word("lrn", 1, s -> s.real(2).ifPresent(x -> lrn(s, x))),
          new Word("dense", 3, ImageWords::dense),
          new Word("group norm", 1, s -> s.real(2).ifPresent(x -> groupNorm(s, x))),
          new Word("batch statistics", 1, s -> s.real(2).ifPresent(x -> statistics(s, x))),
          new Word("residual block", 4, s -> s.image().ifPresent(x -> BlockWords.residual(s, x))),
          new Word("branches", 3, s -> s.image().ifPresent(x -> BlockWords.branches(s, x))),
          new Word("squeeze and excite", 1, s -> s.image().ifPresent(x -> BlockWords.excite(s, x))),
          new Word("head", 2, s -> s.image().ifPresent(x -> BlockWords.head(s, x))),
          new Word("padded convolution", 1, s -> s.image().ifPresent(x -> BlockWords.padded(s, x))),
          new Word("depth to space", 1, s -> s.image().ifPresent(x -> toSpace(s, x))),
          new Word("space to depth", 1, s -> s.image().ifPresent(x -> toDepth(s, x))));

  private static final double MOST_FOR_LRN = 20;

  private ImageWords() {}

  private static Window2d window(Chance chance, int kernelH, int kernelW, int stride) {
    int dilation = chance.one(6) ? 2 : 1;
    int other = chance.one(6) ? 2 : stride;
    return new Window2d(kernelH, kernelW, stride, other, dilation, dilation, padding(chance));
  }

  private static Padding padding(Chance chance) {
    return switch (chance.from(0, 5)) {
      case 0 -> Padding.SAME_UPPER;
      case 1 -> Padding.SAME_LOWER;
      case 2 -> Padding.NONE;
      case 3 -> Padding.of(chance.from(0, 2), chance.from(0, 2), chance.from(0, 2), 1);
      default -> Padding.of(1, 1, 1, 1);
    };
  }

  private static void convolution(Sketch s, Value x) {
    int kernel = s.chance.of(1, 1, 3, 3, 3, 2, 5);
    int stride = s.chance.of(1, 1, 1, 2, 3);
    Window2d window =
        s.chance.one(4)
            ? window(s.chance, kernel, s.chance.of(1, 3, 4), stride)
            : window(s.chance, kernel, kernel, stride);
    convolution(s, x, window, groups(s.chance, x.dim(1)), s.chance.of(1, 2, 3, 7, 8, 16, 17, 19));
  }

  static int groups(Chance chance, int channels) {
    List<Integer> fitting =
        IntStream.rangeClosed(1, channels).filter(g -> channels % g == 0).boxed().toList();
    return chance.one(3) ? chance.of(fitting) : 1;
  }

  static Optional<Value> convolution(Sketch s, Value x, Window2d window, int groups, int outputs) {
    int each = groups == x.dim(1) ? s.chance.of(1, 1, 2) : Math.max(1, outputs / groups);
    int depth = x.dim(1) / groups;
    double deviation = 1 / Math.sqrt((double) depth * window.kernelH() * window.kernelW());
    Value weights =
        s.weights(0, deviation, each * groups, depth, window.kernelH(), window.kernelW());
    List<Value> inputs = new ArrayList<>(List.of(x, weights));
    Epilogue epilogue = epilogue(s, inputs, each * groups);
    Conv2d op = new Conv2d(window, groups, epilogue);
    Optional<Value> made = s.add(op, inputs.toArray(Value[]::new));
    return made.isPresent() && s.chance.one(4) ? withResidual(s, op, inputs, made.get()) : made;
  }

  private static Epilogue epilogue(Sketch s, List<Value> inputs, int outputs) {
    Epilogue epilogue = Epilogue.NONE;
    if (!s.chance.one(3)) {
      inputs.add(s.weights(s.chance.of(0, 0, 2), 0.5, outputs));
      epilogue = epilogue.withBias();
    }
    return s.chance.one(4) ? epilogue.with(activation(s.chance)) : epilogue;
  }

  /** The same once more, as the passes leave it where a residual of that shape is added. */
  private static Optional<Value> withResidual(Sketch s, Conv2d op, List<Value> from, Value like) {
    Optional<Value> residual = s.find(v -> v.isImage() && v.shape().equals(like.shape()));
    List<Value> inputs = new ArrayList<>(from);
    residual.ifPresent(inputs::add);
    return s.add(op.with(op.epilogue().withResidual()), inputs.toArray(Value[]::new));
  }

  static Unary activation(Chance chance) {
    return chance.one(2)
        ? Unary.RELU
        : chance.variant(
            new Unary(Unary.Kind.CLIP, 0, 6),
            new Unary(Unary.Kind.CLIP, -0.75f, 1.5f),
            new Unary(Unary.Kind.LEAKY_RELU, 0.125f, 0),
            new Unary(Unary.Kind.SIGMOID, 0, 0),
            new Unary(Unary.Kind.HARD_SWISH, 0, 0));
  }

  private static void pooling(Sketch s, Value x) {
    int kernel = s.chance.of(2, 2, 3, 3, 1, 5);
    Window2d drawn =
        window(s.chance, kernel, s.chance.one(4) ? 2 : kernel, s.chance.of(1, 2, 2, 3));
    Pool2d.Kind kind = s.chance.variant(Pool2d.Kind.values());
    boolean ceil =
        !drawn.padding().isAutomatic()
            && endsInside(drawn, x.dim(2))
            && endsInside(turned(drawn), x.dim(3))
            && s.chance.one(3);
    if (fits(drawn.padding(), drawn)) {
      s.add(new Pool2d(kind, drawn, ceil, s.chance.one(2)), x);
    }
  }

  private static Window2d turned(Window2d w) {
    Padding p = w.padding();
    Padding padding = Padding.of(p.left(), p.top(), p.right(), p.bottom());
    return new Window2d(
        w.kernelW(), w.kernelH(), w.strideW(), w.strideH(), w.dilationW(), w.dilationH(), padding);
  }

  /**
   * Whether a last partial window of rows, if there is one, starts before the padding: ONNX Runtime
   * takes the others for windows when it infers shapes.
   */
  static boolean endsInside(Window2d window, int extent) {
    Padding padding = window.padding();
    int room = extent + padding.top() + padding.bottom() - window.reachH();
    return room >= 0
        && window.outHCeil(extent) == (room + window.strideH() - 1) / window.strideH() + 1;
  }

  /**
   * Whether no window lies in the padding alone, and automatic padding is as ONNX Runtime has it.
   */
  private static boolean fits(Padding padding, Window2d window) {
    boolean inside =
        Math.max(padding.top(), padding.bottom()) < window.kernelH()
            && Math.max(padding.left(), padding.right()) < window.kernelW();
    boolean dense = window.dilationH() == 1 && overlaps(window);
    return inside && (dense || !padding.isAutomatic());
  }

  /** Whether windows leave nothing out: ONNX Runtime centres those that do. */
  private static boolean overlaps(Window2d window) {
    return window.kernelH() >= window.strideH() && window.kernelW() >= window.strideW();
  }

  static Optional<Value> globalPooling(Sketch s, Value x) {
    return s.add(new GlobalPool2d(s.chance.variant(Pool2d.Kind.values())), x);
  }

  static Optional<Value> batchNorm(Sketch s, Value x) {
    int channels = x.dim(1);
    Unary activation = s.chance.one(5) ? activation(s.chance) : null;
    return s.add(
        new BatchNorm(s.chance.of(1e-5f, 1e-3f), activation),
        x,
        s.weights(1, 0.2, channels),
        s.weights(0, 0.5, channels),
        s.weights(0, 0.5, channels),
        s.constant(s.chance.uniform(0.3, 2, channels)));
  }

  /** Of moderate values: ONNX Runtime keeps a running sum of their squares. */
  private static void lrn(Sketch s, Value x) {
    if (Steadiness.largest(x.exact()) < MOST_FOR_LRN) {
      float alpha = s.chance.of(1e-4f, 0.5f);
      s.add(new Lrn(s.chance.of(1, 3, 4, 5), alpha, 0.75f, s.chance.of(1f, 2f)), x);
    }
  }

  private static void dense(Sketch s) {
    s.find(v -> v.isReal() && v.rank() == 2).ifPresent(x -> dense(s, x));
  }

  static Optional<Value> dense(Sketch s, Value x) {
    int depth = x.dim(1);
    int outputs = s.chance.of(1, 2, 5, 8, 10, 16, 33);
    boolean transposed = s.chance.one(2);
    double deviation = 1 / Math.sqrt(depth);
    List<Value> inputs = new ArrayList<>(List.of(x));
    inputs.add(
        transposed
            ? s.weights(0, deviation, outputs, depth)
            : s.weights(0, deviation, depth, outputs));
    Epilogue epilogue = epilogue(s, inputs, outputs);
    return s.add(new Dense(transposed, epilogue), inputs.toArray(Value[]::new));
  }

  private static void groupNorm(Sketch s, Value x) {
    int channels = x.dim(1);
    int groups = s.chance.one(2) ? 0 : groups(s.chance, channels);
    long run = x.shape().size(1, x.rank()) / (groups == 0 ? channels : groups);
    if (!Steadiness.varies(x.exact(), run)) {
      return;
    }
    s.add(
        new GroupNorm(groups, s.chance.of(1e-5f, 1e-2f)),
        x,
        s.weights(1, 0.2, channels),
        s.weights(0, 0.5, channels));
  }

  private static void statistics(Sketch s, Value x) {
    int channels = x.dim(1);
    List<Integer> axes = new ArrayList<>(IntStream.range(0, x.rank()).boxed().toList());
    Collections.swap(axes, 0, 1);
    Tensor byChannel = new Transpose(axes).evaluate(List.of(x.exact())).get(0);
    if (!Steadiness.varies(byChannel, x.shape().size() / channels)) {
      return;
    }
    s.all(
        new BatchStatisticsNorm(1e-3f, 0.9f),
        x,
        s.constant(s.chance.normal(1, 0.2, channels)),
        s.constant(s.chance.normal(0, 0.5, channels)),
        s.constant(s.chance.normal(0, 0.5, channels)),
        s.constant(s.chance.uniform(0.3, 2, channels)));
  }

  private static void toSpace(Sketch s, Value x) {
    s.add(new DepthToSpace(x.dim(1) % 4 == 0 ? 2 : x.dim(1) % 9 == 0 ? 3 : 1, s.chance.one(2)), x);
  }

  private static void toDepth(Sketch s, Value x) {
    int block = x.dim(2) % 2 == 0 && x.dim(3) % 2 == 0 ? 2 : x.dim(2) % 3 == 0 ? 3 : 1;
    s.add(new SpaceToDepth(block), x);
  }
}
