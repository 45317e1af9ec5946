package io.clarinet.kernel.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.Case;
import io.clarinet.Fresh;
import io.clarinet.TestTensors;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.jvm.JvmContract.Known;
import io.clarinet.op.BatchNorm;
import io.clarinet.op.Binary;
import io.clarinet.op.Concat;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Dense;
import io.clarinet.op.Epilogue;
import io.clarinet.op.GlobalPool2d;
import io.clarinet.op.Hardmax;
import io.clarinet.op.Lrn;
import io.clarinet.op.Pad;
import io.clarinet.op.Padding;
import io.clarinet.op.Pool2d;
import io.clarinet.op.Slice;
import io.clarinet.op.Softmax;
import io.clarinet.op.Transpose;
import io.clarinet.op.Unary;
import io.clarinet.op.Window2d;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kernel of the JVM target against its operator's reference, over the shared cases. */
class JvmKernelsTest {
  private final Random random = Fresh.random();

  private Tensor random(int... dims) {
    return TestTensors.random(random, dims);
  }

  /** Random elements, one of them NaN where the case asks for it. */
  private Tensor input(Case c, int... dims) {
    Tensor x = random(dims);
    if (c.flag("nan")) {
      x.set(random.nextInt((int) x.shape().size()), Double.NaN);
    }
    return x;
  }

  private Tensor image(Case c) {
    return input(c, c.integer("n"), c.integer("c"), c.integer("h"), c.integer("w"));
  }

  private static @Nullable Unary activation(Case c) {
    return switch (c.text("activation")) {
      case "none" -> null;
      case "relu" -> Unary.RELU;
      case "relu6" -> new Unary(Unary.Kind.CLIP, 0, 6);
      case "clip", "clip_off_zero" -> new Unary(Unary.Kind.CLIP, 0.25f, 0.75f);
      case "sigmoid" -> new Unary(Unary.Kind.SIGMOID, 0, 0);
      case "leaky" -> new Unary(Unary.Kind.LEAKY_RELU, 0.1f, 0);
      default -> new Unary(Unary.Kind.TANH, 0, 0);
    };
  }

  static Stream<Case> convolutions() {
    return Stream.of("conv2d", "conv2d_winograd").flatMap(f -> Case.of(f).stream());
  }

  @ParameterizedTest
  @MethodSource("convolutions")
  void conv2d(Case c) {
    Window2d window =
        new Window2d(
            c.integer("kh"),
            c.integer("kw"),
            c.integer("sh"),
            c.integer("sw"),
            c.integer("dh"),
            c.integer("dw"),
            Padding.of(c.integer("pt"), c.integer("pl"), c.integer("pb"), c.integer("pr")));
    int groups = c.integer("groups");
    int oc = c.integer("oc");
    Epilogue epilogue = new Epilogue(c.flag("bias"), c.flag("residual"), activation(c));
    Tensor x = input(c, c.integer("n"), c.integer("ic"), c.integer("ih"), c.integer("iw"));
    List<Object> others = new ArrayList<>();
    others.add(new Known(random(oc, c.integer("ic") / groups, c.integer("kh"), c.integer("kw"))));
    if (epilogue.bias()) {
      others.add(new Known(random(oc)));
    }
    if (epilogue.residual()) {
      int h = window.outH(c.integer("ih"));
      int w = window.outW(c.integer("iw"));
      others.add(random(c.integer("n"), oc, h, w));
    }
    JvmContract.check(new Conv2d(window, groups, epilogue), x, others.toArray());
  }

  @Test
  void everyConvolutionKernelIsReached() {
    Conv2d depthwise = new Conv2d(Window2d.square(3, 2, 1), 19, Epilogue.BIAS.with(Unary.RELU));
    assertThat(
            JvmContract.check(
                depthwise,
                random(2, 19, 9, 7),
                new Known(random(19, 1, 3, 3)),
                new Known(random(19))))
        .containsExactly("convolution_of_any_groups", "depthwise");
    Conv2d beside = new Conv2d(Window2d.square(2, 1, 3), 5, Epilogue.BIAS);
    JvmContract.check(
        beside, random(1, 5, 2, 3), new Known(random(5, 1, 2, 2)), new Known(random(5)));
    Conv2d grouped = new Conv2d(Window2d.square(3, 1, 1), 2, Epilogue.NONE);
    assertThat(JvmContract.check(grouped, random(2, 64, 9, 7), new Known(random(96, 32, 3, 3))))
        .containsExactly("convolution", "convolution_of_any_groups");
    Conv2d stem = new Conv2d(Window2d.square(7, 2, 3), 1, Epilogue.NONE);
    assertThat(JvmContract.check(stem, random(1, 3, 21, 23), new Known(random(20, 3, 7, 7))))
        .containsExactly("convolution", "convolution_of_any_groups", "convolution_of_image");
  }

  /** Sums longer than a chunk, in as many pieces as that takes, and more tiles than fit at once. */
  @Test
  void longSumsAreCut() {
    Conv2d deep = new Conv2d(Window2d.square(3, 1, 1), 1, Epilogue.NONE.withResidual());
    JvmContract.check(
        deep, random(1, 300, 7, 7), new Known(random(70, 300, 3, 3)), random(1, 70, 7, 7));
    Conv2d wide = new Conv2d(Window2d.square(1, 1, 0), 1, Epilogue.NONE);
    JvmContract.check(wide, random(2, 40, 61, 63), new Known(random(12, 40, 1, 1)));
  }

  static List<Case> dense() {
    return Case.of("dense");
  }

  @ParameterizedTest
  @MethodSource
  void dense(Case c) {
    Epilogue epilogue = new Epilogue(c.flag("bias"), c.flag("residual"), activation(c));
    int outputs = c.integer("outputs");
    Tensor x = input(c, c.integer("rows"), c.integer("k"));
    for (boolean transposed : new boolean[] {false, true}) {
      List<Object> others = new ArrayList<>();
      others.add(
          new Known(
              transposed ? random(outputs, c.integer("k")) : random(c.integer("k"), outputs)));
      if (epilogue.bias()) {
        others.add(new Known(random(outputs)));
      }
      if (epilogue.residual()) {
        others.add(random(c.integer("rows"), outputs));
      }
      JvmContract.check(new Dense(transposed, epilogue), x, others.toArray());
    }
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

  private static int[] dims(String text) {
    return Arrays.stream(text.split("x")).mapToInt(Integer::parseInt).toArray();
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

  static List<Case> concat() {
    return Case.of("concat");
  }

  @ParameterizedTest
  @MethodSource
  void concat(Case c) {
    int[] channels =
        Arrays.stream(c.text("channels").split(",")).mapToInt(Integer::parseInt).toArray();
    Tensor[] parts =
        IntStream.of(channels)
            .mapToObj(k -> input(c, c.integer("n"), k, c.integer("h"), c.integer("w")))
            .toArray(Tensor[]::new);
    JvmContract.check(
        new Concat(1), parts[0], (Object[]) Arrays.copyOfRange(parts, 1, parts.length));
  }

  @Test
  void concatAlongOtherAxes() {
    for (int axis = 0; axis < 4; axis++) {
      int[] dims = {2, 3, 5, 7};
      Tensor a = random(dims);
      dims[axis] = 4;
      JvmContract.check(new Concat(axis), a, random(dims), random(2, 3, 5, 7));
    }
  }

  static List<Case> pad() {
    return Case.of("pad");
  }

  @ParameterizedTest
  @MethodSource
  void pad(Case c) {
    List<Integer> around =
        Stream.of("c_begin", "top", "left")
            .map(c::integer)
            .collect(ArrayList::new, List::add, List::addAll);
    around.add(0, 0);
    around.add(0);
    Stream.of("c_end", "bottom", "right").map(c::integer).forEach(around::add);
    Pad.Mode mode = Pad.Mode.valueOf(c.text("mode").toUpperCase(Locale.ROOT));
    JvmContract.check(new Pad(mode, around, Float.parseFloat(c.text("value"))), image(c));
  }

  @Test
  void padAsInputsSay() {
    Tensor pads = Tensor.ofLongs(Shape.of(6), 1, 0, -1, 2, 3, 0);
    Pad op = new Pad(Pad.Mode.CONSTANT, List.of(), 0);
    Tensor value = Tensor.of(Shape.of(), 2.5f);
    JvmContract.check(op, random(3, 4, 5), new Known(pads), new Known(value));
  }

  static List<Case> slice() {
    return Case.of("slice");
  }

  @ParameterizedTest
  @MethodSource
  void slice(Case c) {
    List<Slice.Range> ranges = new ArrayList<>();
    String[] axes = {"c", "h", "w"};
    for (int i = 0; i < axes.length; i++) {
      int start = c.integer(axes[i] + "0");
      int step = c.integer("d" + axes[i]);
      int end = start + step * c.integer(axes[i] + "_count");
      ranges.add(new Slice.Range(i + 1, start, end < 0 ? Long.MIN_VALUE : end, step));
    }
    JvmContract.check(new Slice(ranges), image(c));
  }

  static List<Case> transpose() {
    return Case.of("transpose");
  }

  @ParameterizedTest
  @MethodSource
  void transpose(Case c) {
    List<Integer> order = Arrays.stream(c.text("order").split(",")).map(Integer::valueOf).toList();
    JvmContract.check(new Transpose(order), input(c, dims(c.text("shape"))));
  }

  static List<Case> reorder() {
    return Case.of("reorder");
  }

  @ParameterizedTest
  @MethodSource
  void reorder(Case c) {
    Tensor x = image(c);
    for (int block : new int[] {4, 8, 16}) {
      JvmContract.reorder(Layout.PLAIN, Layout.blocked(block), x);
      JvmContract.reorder(Layout.blocked(block), Layout.PLAIN, x);
    }
  }
}
