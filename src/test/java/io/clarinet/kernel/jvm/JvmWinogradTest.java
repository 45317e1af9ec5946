package io.clarinet.kernel.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.Case;
import io.clarinet.TestProfile;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.JvmKernel;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.MinimalFiltering;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.OperatorContract;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Conv2dProblem;
import io.clarinet.op.Epilogue;
import io.clarinet.op.Window2d;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JvmWinogradTest extends JvmCases {
  /** As PoCL's kernels of the same transforms are held to. */
  private static final double LARGEST_ERROR = 1.1e-5;

  private static final Conv2d SAME =
      new Conv2d(Window2d.square(3, 1, 1), 1, Epilogue.NONE.withResidual());

  /** All but those with NaN, which a tile spreads. */
  static List<Case> cases() {
    return Case.of("conv2d_winograd").stream().filter(c -> !c.flag("nan")).toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithTheReference(Case c) {
    Conv2dProblem problem = Conv2dProblem.of(c);
    check(problem.op(), problem.contract());
  }

  /** Several runs or parts of tiles, columns of every width, sums of more than one chunk. */
  @Test
  void manyTilesAndLongSumsAreCut() {
    check(
        SAME,
        OperatorContract.of(SAME)
            .input(random(2, 5, 25, 23))
            .constant(random(100, 5, 3, 3))
            .input(random(2, 100, 25, 23)));
    check(
        SAME,
        OperatorContract.of(SAME)
            .input(random(1, 270, 9, 6))
            .constant(random(13, 270, 3, 3))
            .input(random(1, 13, 9, 6)));
  }

  /** Tiles that fill no group go by shorter register tiles: 1 to 7 of F(4×4), 1 to 14 of F(2×2). */
  @ParameterizedTest
  @ValueSource(ints = {1, 6, 9, 16, 18, 26})
  void anyNumberOfTiles(int width) {
    check(
        SAME,
        OperatorContract.of(SAME)
            .input(random(1, 300, 2, width))
            .constant(random(70, 300, 3, 3))
            .input(random(1, 70, 2, width)));
  }

  /** So large a picture that rows are touched before tiles read and write them. */
  @Test
  void farRowsAreTouchedWithinThePicture() {
    Conv2d valid = new Conv2d(Window2d.square(3, 1, 0), 1, Epilogue.NONE);
    check(
        valid,
        OperatorContract.of(valid).input(random(1, 13, 181, 193)).constant(random(3, 13, 3, 3)));
    WinogradTiles tiles =
        new WinogradTiles(
            Geometry.of(Shape.of(2, 16, 9, 11), Shape.of(2, 16, 9, 11), 1, SAME.window(), 16),
            new MinimalFiltering(4));
    float[] ones = new float[2 * 9 * 11 * 16];
    Arrays.fill(ones, 1);
    JvmKernel.View x = new JvmKernel.View(ones, 0, ones.length / 2);
    assertThat(tiles.touchOutput(x, 0, 0, 18)).isEqualTo(2 * 9 * 11);
    assertThat(tiles.touchOutput(x, 0, 4, 5)).isEqualTo(4 * 4);
    assertThat(tiles.touchInput(x, 0, 0, 1)).isEqualTo(5 * 5);
  }

  private static void check(Conv2d op, OperatorContract contract) {
    assertThat(
            JvmContract.check(
                name -> name.startsWith("winograd"), op, contract.tolerance(LARGEST_ERROR)))
        .containsExactly("winograd_f2", "winograd_f4", "winograd_staged_f2", "winograd_staged_f4");
  }

  /** A NaN reaches the outputs of the tiles that read it, and no others. */
  @Test
  void aNaNStaysWithinItsTiles() {
    Tensor x = random(2, 3, 17, 18);
    x.set(8 * 18 + 7, Double.NaN);
    Tensor weights = random(4, 3, 3, 3);
    Tensor residual = random(2, 4, 17, 18);
    check(
        SAME,
        OperatorContract.of(SAME)
            .input(x)
            .constant(weights)
            .input(residual)
            .measure((y, reference) -> Math.max(around(y), elsewhere(y, reference))));
  }

  /** Infinite unless the outputs that read the NaN are NaN. */
  private static double around(Tensor y) {
    boolean all = true;
    for (int i = 7; i < 10; i++) {
      for (int j = 6; j < 9; j++) {
        all &= Double.isNaN(y.doubleAt(i * 18 + j));
      }
    }
    return all ? 0 : Double.POSITIVE_INFINITY;
  }

  /** The error beyond the tiles that read the NaN, none of which is larger than 4x4. */
  private static double elsewhere(Tensor y, Tensor reference) {
    double error = 0;
    for (int i = 0; i < y.shape().size(); i++) {
      int row = i / 18 % 17;
      int column = i % 18;
      boolean near = i < 4 * 17 * 18 && row >= 4 && row < 12 && column >= 4 && column < 12;
      double off = Math.abs(y.doubleAt(i) - reference.doubleAt(i)) / 10;
      error = near ? error : Math.max(error, Double.isNaN(off) ? Double.POSITIVE_INFINITY : off);
    }
    return error;
  }

  /** What is cheapest by prediction: VGG's layers, ResNet's, and one whose weights are too many. */
  @ParameterizedTest
  @CsvSource({
    "64, 224, winograd_f4",
    "128, 28, winograd_f4",
    "512, 28, winograd_staged_f4",
    "512, 7, winograd_f2",
    "1024, 2, convolution"
  })
  void isChosenWhereItIsCheaper(int channels, int side, String cheapest) {
    Tensor weights = Tensor.zeros(Shape.of(channels, channels, 3, 3));
    Fact x = Fact.of(Shape.of(1, channels, side, side));
    List<Fact> inputs = List.of(x, Fact.of(weights), x);
    DeviceProfile device =
        new TestProfile().kind(DeviceProfile.Kind.JVM).localBytes(512 << 10).make();
    assertThat(
            JvmKernels.best().of(SAME).stream()
                .min(Comparator.comparingDouble(k -> seconds(k, inputs, device)))
                .map(Kernel::name))
        .contains(cheapest);
  }

  private static double seconds(Kernel kernel, List<Fact> inputs, DeviceProfile device) {
    return kernel.offer(inputs, SAME.infer(inputs), device) instanceof Offer.Accept accept
        ? accept.seconds()
        : Double.POSITIVE_INFINITY;
  }
}
