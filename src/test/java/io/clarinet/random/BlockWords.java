package io.clarinet.random;

import io.clarinet.op.Binary;
import io.clarinet.op.Concat;
import io.clarinet.op.GlobalPool2d;
import io.clarinet.op.Pad;
import io.clarinet.op.Padding;
import io.clarinet.op.Pool2d;
import io.clarinet.op.Reshape;
import io.clarinet.op.Softmax;
import io.clarinet.op.Unary;
import io.clarinet.op.Window2d;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Blocks of several operators, as networks for pictures have them. */
final class BlockWords {
  private BlockWords() {}

  /** Convolution, normalisation, activation, convolution, and what came in added. */
  static void residual(Sketch s, Value x) {
    Window2d same = s.chance.one(3) ? Window2d.square(1, 1, 0) : Window2d.square(3, 1, 1);
    Optional<Value> inner = plain(s, x, same, x.dim(1));
    if (s.chance.one(2)) {
      inner = inner.flatMap(v -> ImageWords.batchNorm(s, v));
    }
    if (s.chance.one(2)) {
      inner = inner.flatMap(v -> s.add(ImageWords.activation(s.chance), v));
      inner = inner.flatMap(v -> plain(s, v, same, x.dim(1)));
    }
    Optional<Value> sum = inner.flatMap(v -> sum(s, v, x));
    if (sum.isPresent() && !s.chance.one(3)) {
      s.add(ImageWords.activation(s.chance), sum.get());
    }
  }

  private static Optional<Value> sum(Sketch s, Value a, Value b) {
    return s.chance.one(2) ? s.add(Binary.ADD, a, b) : s.add(Binary.ADD, b, a);
  }

  private static Optional<Value> plain(Sketch s, Value x, Window2d window, int outputs) {
    return ImageWords.convolution(
        s, x, window, s.chance.one(4) ? ImageWords.groups(s.chance, x.dim(1)) : 1, outputs);
  }

  /** Convolutions and poolings of one value, side by side and joined. */
  static void branches(Sketch s, Value x) {
    List<Value> parts = new ArrayList<>();
    int count = s.chance.from(2, 4);
    for (int i = 0; i < count; i++) {
      Window2d window = Window2d.square(s.chance.one(2) ? 1 : 3, 1, 0);
      Window2d same = window.padded(window.kernelH() == 1 ? Padding.NONE : Padding.of(1, 1, 1, 1));
      Optional<Value> part =
          s.chance.one(4)
              ? s.add(Pool2d.max(Window2d.square(3, 1, 1)), x)
              : ImageWords.convolution(s, x, same, 1, s.chance.of(3, 8, 16, 32));
      part.filter(p -> s.chance.one(3))
          .flatMap(p -> s.add(ImageWords.activation(s.chance), p))
          .or(() -> part)
          .ifPresent(parts::add);
    }
    if (s.chance.one(5)) {
      parts.add(x);
    }
    if (parts.size() > 1) {
      s.add(new Concat(s.chance.of(1, 1, -3)), parts.toArray(Value[]::new));
    }
  }

  /** Each channel times what a small network makes of all channels' means. */
  static void excite(Sketch s, Value x) {
    Window2d one = Window2d.square(1, 1, 0);
    s.add(GlobalPool2d.AVERAGE, x)
        .flatMap(v -> ImageWords.convolution(s, v, one, 1, s.chance.of(2, 3, 8)))
        .flatMap(v -> s.add(Unary.RELU, v))
        .flatMap(v -> ImageWords.convolution(s, v, one, 1, x.dim(1)))
        .flatMap(v -> s.add(new Unary(Unary.Kind.SIGMOID, 0, 0), v))
        .ifPresent(v -> s.add(new Binary(Binary.Kind.MUL, null), x, v));
  }

  /** Means, a vector an item, classes. */
  static void head(Sketch s, Value x) {
    Optional<Value> pooled = s.chance.one(3) ? Optional.of(x) : ImageWords.globalPooling(s, x);
    pooled
        .flatMap(v -> s.add(new Reshape(flat(s.chance, v)), v))
        .flatMap(v -> v.rank() == 2 ? ImageWords.dense(s, v) : Optional.of(v))
        .filter(v -> s.chance.one(2))
        .ifPresent(v -> s.add(Softmax.along(-1), v));
  }

  private static Reshape.Rule flat(Chance chance, Value x) {
    return switch (chance.from(0, 3)) {
      case 0 -> new Reshape.Rule.To(List.of(0L, -1L), false);
      case 1 -> new Reshape.Rule.To(List.of((long) x.dim(0), -1L), false);
      case 2 -> new Reshape.Rule.To(List.of(-1L, x.shape().size(1, 4)), false);
      default -> new Reshape.Rule.Flatten(1);
    };
  }

  /** A convolution of uneven padding, as exporters write it. */
  static void padded(Sketch s, Value x) {
    Padding around = Padding.of(s.chance.from(0, 2), 1, s.chance.from(0, 3), 2);
    s.add(Pad.zeros(around), x)
        .ifPresent(
            v -> ImageWords.convolution(s, v, Window2d.square(3, s.chance.of(1, 2), 0), 1, 8));
  }
}
