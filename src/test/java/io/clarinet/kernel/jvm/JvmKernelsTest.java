package io.clarinet.kernel.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.Case;
import io.clarinet.kernel.CastCases;
import io.clarinet.kernel.jvm.JvmContract.Known;
import io.clarinet.op.BatchNorm;
import io.clarinet.op.Binary;
import io.clarinet.op.Cast;
import io.clarinet.op.GlobalPool2d;
import io.clarinet.op.Hardmax;
import io.clarinet.op.LayerNorm;
import io.clarinet.op.Lrn;
import io.clarinet.op.Padding;
import io.clarinet.op.Pool2d;
import io.clarinet.op.Softmax;
import io.clarinet.op.Unary;
import io.clarinet.op.Window2d;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every kernel of poolings, normalisations and elementwise functions against its operator's
 * reference, over the shared cases.
 */
class JvmKernelsTest extends JvmCases {
  static List<Case> cast() {
    return Case.of("cast").stream()
        .filter(c -> c.text("to").equals("FLOAT32") || c.text("from").equals("FLOAT32"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource
  void cast(Case c) {
    ElementType from = ElementType.valueOf(c.text("from"));
    ElementType to = ElementType.valueOf(c.text("to"));
    Shape shape = Shape.of(c.integer("n"), c.integer("elements"));
    Tensor x = CastCases.drawn(random, from, to, shape);
    assertThat(JvmContract.check(new Cast(to), x)).hasSize(1);
  }

  static List<Case> pool2d() {
    return Case.of("pool2d");
  }

  @ParameterizedTest
  @MethodSource
  void pool2d(Case c) {
    Window2d window =
        new Window2d(
            c.integer("kh"),
            c.integer("kw"),
            c.integer("sh"),
            c.integer("sw"),
            c.integer("dh"),
            c.integer("dw"),
            Padding.of(
                c.integer("top"), c.integer("left"), c.integer("bottom"), c.integer("right")));
    Pool2d op =
        new Pool2d(
            Pool2d.Kind.valueOf(c.text("kind").toUpperCase(Locale.ROOT)),
            window,
            c.flag("ceil"),
            c.flag("include_pad"));
    JvmContract.check(op, image(c));
  }

  static List<Case> globalPool2d() {
    return Case.of("global_pool2d");
  }

  @ParameterizedTest
  @MethodSource
  void globalPool2d(Case c) {
    Pool2d.Kind kind = Pool2d.Kind.valueOf(c.text("kind").toUpperCase(Locale.ROOT));
    JvmContract.check(new GlobalPool2d(kind), image(c));
  }

  static List<Case> batchNorm() {
    return Case.of("batch_norm");
  }

  @ParameterizedTest
  @MethodSource
  void batchNorm(Case c) {
    int channels = c.integer("c");
    Tensor variance = random(channels);
    for (int i = 0; i < channels; i++) {
      variance.set(i, 0.5 + random.nextDouble());
    }
    JvmContract.check(
        new BatchNorm(1e-5f, activation(c)),
        image(c),
        new Known(random(channels)),
        new Known(random(channels)),
        new Known(random(channels)),
        new Known(variance));
  }

  static List<Case> unary() {
    return Case.of("unary");
  }

  @ParameterizedTest
  @MethodSource
  void unary(Case c) {
    Unary op = activation(c);
    JvmContract.check(op == null ? Unary.RELU : op, image(c));
  }

  static List<Case> residualAdd() {
    return Case.of("residual_add");
  }

  @ParameterizedTest
  @MethodSource
  void residualAdd(Case c) {
    JvmContract.check(new Binary(Binary.Kind.ADD, activation(c)), image(c), image(c));
  }

  static List<Case> binary() {
    return Case.of("binary");
  }

  @ParameterizedTest
  @MethodSource
  void binary(Case c) {
    Binary.Kind kind = Binary.Kind.valueOf(c.text("op").toUpperCase(Locale.ROOT));
    Tensor a = input(c, dims(c.text("a")));
    Tensor b = random(dims(c.text("b")));
    JvmContract.check(new Binary(kind, null), a, b);
    JvmContract.check(new Binary(kind, Unary.RELU), a, new Known(b));
  }

  @ParameterizedTest
  @EnumSource(Binary.Kind.class)
  void everyBinaryFunction(Binary.Kind kind) {
    Tensor a = random(2, 19, 5, 7);
    Tensor b = random(2, 19, 5, 7);
    a.set(3, Double.NaN);
    b.set(5, Double.NaN);
    assertThat(JvmContract.check(new Binary(kind, null), a, b))
        .contains("binary", "binary_same_shape", "binary_blocked");
  }

  /** Of each item's own, of all items', clamped and not, with lanes that are no channels. */
  @ParameterizedTest
  @CsvSource({"MUL, 3", "ADD, 3", "MUL, 1", "ADD, 1"})
  void channelFactors(Binary.Kind kind, int items) {
    Tensor x = random(3, 19, 17, 33);
    x.set(5, Double.NaN);
    Tensor factors = random(items, 19, 1, 1);
    Unary sigmoid = new Unary(Unary.Kind.SIGMOID, 0, 0);
    for (Unary activation : Arrays.asList(null, Unary.RELU, sigmoid)) {
      assertThat(JvmContract.check(new Binary(kind, activation), x, factors))
          .containsExactly("binary", "binary_by_channel");
    }
    for (Tensor known : List.of(factors, random(19, 1, 1))) {
      assertThat(JvmContract.check(new Binary(kind, null), x, new Known(known)))
          .containsExactly("binary", "binary_by_channel");
    }
  }

  /** A mean that is large beside the differences, and sums of several runs. */
  @Test
  void layerNormOfALargeMean() {
    Tensor x = random(2, 3, 5000);
    for (int i = 0; i < x.shape().size(); i++) {
      x.set(i, 1000 + x.doubleAt(i));
    }
    LayerNorm op = new LayerNorm(-1, 1e-5f);
    JvmContract.check(op, x, new Known(random(5000)), new Known(random(5000)));
  }

  static List<Case> hardmax() {
    return Case.of("hardmax");
  }

  @ParameterizedTest
  @MethodSource
  void hardmax(Case c) {
    int axis = c.integer("axis");
    Tensor x =
        axis == 0
            ? input(c, c.integer("n"), c.integer("outer"), c.integer("inner"))
            : input(c, c.integer("n"), c.integer("outer"), axis, c.integer("inner"));
    for (long i = 0; c.flag("ties") && i < x.shape().size(); i++) {
      x.set(i, Math.floor(3 * x.doubleAt(i)));
    }
    JvmContract.check(Hardmax.along(axis == 0 ? 0 : 2), x);
  }

  static List<Case> softmax() {
    return Case.of("softmax");
  }

  @ParameterizedTest
  @MethodSource
  void softmax(Case c) {
    if (c.integer("axis") == 0) {
      Tensor batched = input(c, c.integer("n"), c.integer("outer"), c.integer("inner"));
      JvmContract.check(new Softmax(0, c.flag("log"), false), batched);
      return;
    }
    Tensor x = input(c, c.integer("n"), c.integer("outer"), c.integer("axis"), c.integer("inner"));
    JvmContract.check(new Softmax(2, c.flag("log"), false), x);
    JvmContract.check(new Softmax(2, c.flag("log"), true), x);
  }

  static List<Case> lrn() {
    return Case.of("lrn");
  }

  @ParameterizedTest
  @MethodSource
  void lrn(Case c) {
    Lrn op =
        new Lrn(
            c.integer("size"),
            Float.parseFloat(c.text("alpha")),
            Float.parseFloat(c.text("beta")),
            Float.parseFloat(c.text("bias")));
    JvmContract.check(op, image(c));
  }

  static List<Case> layerNorm() {
    return Case.of("row_norm").stream().filter(c -> c.flag("shared")).toList();
  }

  @ParameterizedTest
  @MethodSource
  void layerNorm(Case c) {
    int length = c.integer("length");
    Tensor x = input(c, c.integer("n"), c.integer("rows"), length);
    LayerNorm op = new LayerNorm(-1, 1e-5f);
    Known scale = new Known(random(length));
    assertThat(JvmContract.check(op, x, scale, new Known(random(length))))
        .containsExactly("layer_norm");
    assertThat(JvmContract.check(op, x, new Known(random(1)))).containsExactly("layer_norm");
  }
}
