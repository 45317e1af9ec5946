package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.Case;
import io.clarinet.Fresh;
import io.clarinet.RequiresOpenCl;
import io.clarinet.TestTensors;
import io.clarinet.kernel.OperatorContract;
import io.clarinet.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BinaryTest {

  private static Binary operation(Case c) {
    Binary.Kind kind = Binary.Kind.valueOf(c.text("op").toUpperCase(Locale.ROOT));
    return new Binary(kind, UnaryTest.named(c.text("activation")));
  }

  @ParameterizedTest
  @CsvSource({
    "1,NaN,1",
    "NaN,0,1",
    "NaN,-0.0,1",
    "-1,Infinity,1",
    "-1,-Infinity,1",
    "1,Infinity,1",
    "-2,3,-8",
    "-2,-2,0.25",
    "-8,0.5,NaN",
    "NaN,1,NaN",
    "2,NaN,NaN",
    "0,-1,Infinity",
    "-0.0,-3,-Infinity",
    "-0.0,-2,Infinity",
    "-0.0,3,-0.0",
    "0.5,-Infinity,Infinity",
    "-Infinity,3,-Infinity",
    "-Infinity,-3,-0.0",
    "-Infinity,0.5,Infinity",
    "0,0,1"
  })
  void powersAreThoseOfIeee754(double a, double b, double y) {
    assertThat((Object) Binary.Kind.POW.apply(a, b)).isEqualTo(y);
  }

  @Nested
  @RequiresOpenCl
  class Kernels {
    private final Random random = Fresh.random();

    static List<Case> plainCases() {
      return Case.of("binary");
    }

    @ParameterizedTest
    @MethodSource("plainCases")
    void broadcastAsTheReference(Case c) {
      Tensor a = TestTensors.random(random, shape(c.text("a")));
      Tensor b = divisor(shape(c.text("b")));
      if (c.flag("nan")) {
        b.set(random.nextInt((int) b.shape().size()), Double.NaN);
      }
      Binary op = operation(c);
      OperatorContract.of(op).input(a).input(b).tolerance(2e-6).check();
      assertThat(OperatorContract.of(op).input(a).constant(b).tolerance(2e-6).check())
          .contains("binary");
    }

    static List<Case> blockedCases() {
      return Case.of("binary_blocked");
    }

    @ParameterizedTest
    @MethodSource("blockedCases")
    void blockedAgreesWithTheReference(Case c) {
      Tensor a = TestTensors.random(random, image(c, "a"));
      Tensor b = divisor(image(c, "b"));
      if (c.flag("nan")) {
        b.set(random.nextInt((int) b.shape().size()), Double.NaN);
      }
      Binary op = operation(c);
      assertThat(OperatorContract.of(op).input(a).input(b).tolerance(2e-6).check())
          .contains("binary_blocked");
    }

    static List<Case> sums() {
      return Case.of("residual_add");
    }

    @ParameterizedTest
    @MethodSource("sums")
    void residualAddAgreesWithTheReference(Case c) {
      Binary op = Binary.ADD;
      Unary activation = UnaryTest.named(c.text("activation"));
      Tensor a =
          TestTensors.random(
              random, c.integer("n"), c.integer("c"), c.integer("h"), c.integer("w"));
      Tensor b =
          TestTensors.random(
              random, c.integer("n"), c.integer("c"), c.integer("h"), c.integer("w"));
      if (c.flag("nan")) {
        a.set(random.nextInt((int) a.shape().size()), Double.NaN);
      }
      OperatorContract contract =
          OperatorContract.of(activation == null ? op : op.with(activation)).input(a).input(b);
      assertThat(contract.tolerance(2e-6).check())
          .containsExactly("binary", "binary_blocked", "residual_add");
    }

    @ParameterizedTest
    @ValueSource(strings = {"19x1x1", "1", "1x19x1x1", "2x19x5x7", "5x7"})
    void blockedTakesConstantsOfLowerRank(String shape) {
      OperatorContract contract =
          OperatorContract.of(new Binary(Binary.Kind.SUB, null))
              .constant(TestTensors.random(random, shape(shape)))
              .input(TestTensors.random(random, 2, 19, 5, 7));
      assertThat(contract.check()).contains("binary_blocked");
    }

    @ParameterizedTest
    @EnumSource(Binary.Kind.class)
    void everyFunctionAgrees(Binary.Kind kind) {
      Tensor a = TestTensors.random(random, 2, 19, 5, 7);
      Tensor b = divisor(2, 19, 5, 7);
      a.set(3, Double.NaN);
      b.set(5, Double.NaN);
      assertThat(
              OperatorContract.of(new Binary(kind, null)).input(a).input(b).tolerance(2e-6).check())
          .contains("binary", "binary_blocked");
    }

    private static int[] shape(String text) {
      return Arrays.stream(text.split("x")).mapToInt(Integer::parseInt).toArray();
    }

    /** The axes of a case's image that a column names by letter; 1 for the others. */
    private static int[] image(Case c, String column) {
      String axes = c.text(column);
      boolean pixels = axes.contains("p");
      return new int[] {
        axes.contains("n") ? c.integer("n") : 1,
        axes.contains("c") ? c.integer("c") : 1,
        pixels ? c.integer("h") : 1,
        pixels ? c.integer("w") : 1
      };
    }

    /** Elements well away from zero. */
    private Tensor divisor(int... dims) {
      Tensor tensor = TestTensors.random(random, dims);
      for (int i = 0; i < tensor.shape().size(); i++) {
        tensor.set(i, 1 + random.nextDouble());
      }
      return tensor;
    }
  }
}
