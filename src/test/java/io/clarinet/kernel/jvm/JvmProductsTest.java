package io.clarinet.kernel.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.Case;
import io.clarinet.kernel.jvm.JvmContract.Known;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Dense;
import io.clarinet.op.Epilogue;
import io.clarinet.op.MatMul;
import io.clarinet.op.Padding;
import io.clarinet.op.Unary;
import io.clarinet.op.Window2d;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kernel of convolutions and dense layers against the reference, over the shared cases. */
class JvmProductsTest extends JvmCases {
  /** The others are {@link JvmWinogradTest}'s: they spread a NaN over a tile. */
  private static final Predicate<String> DIRECT = name -> !name.startsWith("winograd");

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
    JvmContract.check(DIRECT, new Conv2d(window, groups, epilogue), x, others.toArray());
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
        .containsExactly("convolution_of_groups", "depthwise");
    Conv2d beside = new Conv2d(Window2d.square(2, 1, 3), 5, Epilogue.BIAS);
    JvmContract.check(
        beside, random(1, 5, 2, 3), new Known(random(5, 1, 2, 2)), new Known(random(5)));
    Conv2d grouped = new Conv2d(Window2d.square(3, 1, 1), 2, Epilogue.NONE);
    assertThat(JvmContract.check(grouped, random(2, 64, 9, 7), new Known(random(96, 32, 3, 3))))
        .containsExactly(
            "convolution",
            "convolution_of_channels",
            "convolution_of_groups",
            "convolution_of_image_pixels",
            "convolution_of_pixels");
    Conv2d stem = new Conv2d(Window2d.square(7, 2, 3), 1, Epilogue.NONE);
    assertThat(JvmContract.check(stem, random(1, 3, 21, 23), new Known(random(20, 3, 7, 7))))
        .containsExactly(
            "convolution",
            "convolution_of_channels",
            "convolution_of_image",
            "convolution_of_image_pixels",
            "convolution_of_pixels");
  }

  /** More pixels than a row and more channels than a range; more terms than a running sum has. */
  @ParameterizedTest
  @CsvSource({"3, 137, 23, 25", "59, 19, 5, 7"})
  void longRowsOfPixels(int channels, int outputs, int h, int w) {
    Conv2d op = new Conv2d(Window2d.square(3, 1, 1), 1, Epilogue.BIAS.with(Unary.RELU));
    Known weights = new Known(random(outputs, channels, 3, 3));
    Set<String> ran =
        JvmContract.check(op, random(1, channels, h, w), weights, new Known(random(outputs)));
    assertThat(ran).contains("convolution_of_image_pixels", "convolution_of_pixels");
  }

  /** More channels than a row and more pixels than a range; more terms than a running sum has. */
  @ParameterizedTest
  @CsvSource({"3, 521, 5, 7, 1", "59, 19, 13, 11, 1", "18, 33, 25, 23, 2"})
  void longRowsOfChannels(int channels, int outputs, int h, int w, int stride) {
    Conv2d op = new Conv2d(Window2d.square(3, stride, 1), 1, Epilogue.BIAS.with(Unary.RELU));
    Known weights = new Known(random(outputs, channels, 3, 3));
    Set<String> ran =
        JvmContract.check(op, random(2, channels, h, w), weights, new Known(random(outputs)));
    assertThat(ran).contains("convolution_of_channels");
  }

  /** A row, a plane and a sum that were longer before hold what a shorter one must not see. */
  @Test
  void whatAThreadKeepsIsNotSeenByItsNextProduct() {
    for (int side : new int[] {24, 5, 1}) {
      Conv2d op = new Conv2d(Window2d.square(5, 1, 3), 1, Epilogue.NONE);
      JvmContract.check(
          name -> name.startsWith("convolution_of_"),
          op,
          random(1, 7, side, side),
          new Known(random(37, 7, 5, 5)));
    }
  }

  /** Sums longer than a chunk, in as many pieces as that takes, and more tiles than fit at once. */
  @Test
  void longSumsAreCut() {
    Conv2d deep = new Conv2d(Window2d.square(3, 1, 1), 1, Epilogue.NONE.withResidual());
    JvmContract.check(
        DIRECT, deep, random(1, 300, 7, 7), new Known(random(70, 300, 3, 3)), random(1, 70, 7, 7));
    Conv2d wide = new Conv2d(Window2d.square(1, 1, 0), 1, Epilogue.NONE);
    JvmContract.check(wide, random(2, 40, 61, 63), new Known(random(12, 40, 1, 1)));
  }

  /** What fills no tile goes by shorter ones; sums of one chunk, and of two. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 13, 15, 16, 17, 49})
  void anyNumberOfPixels(int pixels) {
    Conv2d op = new Conv2d(Window2d.square(1, 1, 0), 1, Epilogue.BIAS.with(Unary.RELU));
    for (int channels : new int[] {40, 800}) {
      Known weights = new Known(random(140, channels, 1, 1));
      JvmContract.check(op, random(1, channels, 1, pixels), weights, new Known(random(140)));
    }
  }

  /** Pointwise layers that read all pixels do so in place, others not; some pixels fill no tile. */
  @Test
  void pointwiseLayersReadInPlace() {
    Known weights = new Known(random(33, 270, 1, 1));
    Conv2d all = new Conv2d(Window2d.square(1, 1, 0), 1, Epilogue.NONE.withResidual());
    JvmContract.check(all, random(2, 270, 3, 5), weights, random(2, 33, 3, 5));
    Conv2d edges = new Conv2d(Window2d.square(1, 1, 1), 1, Epilogue.NONE);
    JvmContract.check(edges, random(1, 270, 3, 5), weights);
    Conv2d some = new Conv2d(Window2d.square(1, 2, 0), 1, Epilogue.NONE);
    JvmContract.check(some, random(1, 270, 3, 15), weights);
    Conv2d grouped = new Conv2d(Window2d.square(1, 1, 0), 3, Epilogue.NONE);
    JvmContract.check(grouped, random(2, 48, 3, 5), new Known(random(96, 16, 1, 1)));
  }

  /** Rows narrower than a tile, no multiple of it, and of padding alone. */
  @Test
  void imagesAreReadByRows() {
    Conv2d wide = new Conv2d(Window2d.square(5, 3, 2), 1, Epilogue.BIAS.with(Unary.RELU));
    Known weights = new Known(random(83, 3, 5, 5));
    JvmContract.check(wide, random(2, 3, 7, 31), weights, new Known(random(83)));
    JvmContract.check(wide, random(1, 3, 31, 7), weights, new Known(random(83)));
    Conv2d tall =
        new Conv2d(
            new Window2d(3, 2, 1, 1, 4, 1, Padding.of(9, 0, 3, 5)),
            1,
            Epilogue.NONE.withResidual());
    assertThat(
            JvmContract.check(
                tall, random(1, 2, 5, 4), new Known(random(5, 2, 3, 2)), random(1, 5, 9, 8)))
        .contains("convolution_of_image");
    Conv2d dilated = new Conv2d(new Window2d(3, 3, 1, 1, 1, 2, Padding.NONE), 1, Epilogue.NONE);
    assertThat(JvmContract.check(dilated, random(1, 3, 5, 7), new Known(random(5, 3, 3, 3))))
        .doesNotContain("convolution_of_image");
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

  static List<Case> matmul() {
    return Case.of("matmul");
  }

  @ParameterizedTest
  @MethodSource
  void matmul(Case c) {
    Tensor a = input(c, dims(c.text("a")));
    Tensor b = random(dims(c.text("b")));
    if (a.shape().rank() > 1 && b.shape().rank() > 1) {
      assertThat(JvmContract.check(new MatMul(), a, b)).isEqualTo(Set.of("matmul"));
    } else {
      assertThatThrownBy(() -> JvmContract.check(new MatMul(), a, b))
          .hasMessageContaining("no kernel of MatMul");
    }
  }
}
