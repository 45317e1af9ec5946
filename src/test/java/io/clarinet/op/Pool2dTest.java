package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.Case;
import io.clarinet.Fresh;
import io.clarinet.RequiresOpenCl;
import io.clarinet.TestTensors;
import io.clarinet.kernel.OperatorContract;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Pool2dTest {

  private static final Tensor RAMP =
      Tensor.of(Shape.of(1, 1, 3, 4), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);

  private static float[] pool(Pool2d op, Tensor x) {
    return op.evaluate(List.of(x)).get(0).toFloatArray();
  }

  @Test
  void maximumOfEachWindow() {
    assertThat(pool(Pool2d.max(Window2d.square(2, 1, 0)), RAMP))
        .containsExactly(6, 7, 8, 10, 11, 12);
  }

  @Test
  void paddingNeverWinsAMaximum() {
    Tensor negative = Tensor.of(Shape.of(1, 1, 1, 2), -3, -2);
    assertThat(pool(Pool2d.max(Window2d.square(3, 1, 1)), negative)).containsExactly(-2, -2);
  }

  @Test
  void notANumberWinsAMaximum() {
    Tensor x = Tensor.of(Shape.of(1, 1, 1, 3), 1, Float.NaN, 2);
    Window2d window = new Window2d(1, 2, 1, 1, 1, 1, Padding.NONE);
    assertThat(pool(Pool2d.max(window), x)).containsExactly(Float.NaN, Float.NaN);
  }

  @Test
  void averageLeavesPaddingOutUnlessCounted() {
    Tensor x = Tensor.of(Shape.of(1, 1, 2, 2), 4, 8, 12, 16);
    Window2d window = Window2d.square(2, 2, 1);
    assertThat(pool(Pool2d.average(window), x)).containsExactly(4, 8, 12, 16);
    assertThat(pool(new Pool2d(Pool2d.Kind.AVERAGE, window, false, true), x))
        .containsExactly(1, 2, 3, 4);
  }

  @Test
  void aLastPartialWindowCountsWithCeil() {
    Pool2d op = new Pool2d(Pool2d.Kind.AVERAGE, Window2d.square(2, 2, 0), true, true);
    assertThat(pool(op, RAMP)).containsExactly(3.5f, 5.5f, 9.5f, 11.5f);
    assertThat(op.infer(List.of(Fact.of(RAMP))).get(0).shape()).isEqualTo(Shape.of(1, 1, 2, 2));
  }

  @Test
  void dilationSpreadsTheWindow() {
    Window2d window = new Window2d(2, 2, 1, 1, 2, 3, Padding.NONE);
    assertThat(pool(Pool2d.average(window), RAMP)).containsExactly(6.5f);
  }

  @Test
  void refusesOtherRanks() {
    assertThatThrownBy(
            () -> Pool2d.max(Window2d.square(2, 1, 0)).infer(List.of(Fact.of(Shape.of(3, 4)))))
        .hasMessageContaining("rank 4");
  }

  @Nested
  @RequiresOpenCl
  class Kernels {
    private final Random random = Fresh.random();

    static List<Case> cases() {
      return Case.of("pool2d");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreeWithTheReference(Case c) {
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
      Pool2d.Kind kind = c.text("kind").equals("max") ? Pool2d.Kind.MAX : Pool2d.Kind.AVERAGE;
      Tensor x =
          TestTensors.drawn(
              c, random, c.integer("n"), c.integer("c"), c.integer("h"), c.integer("w"));
      if (c.flag("nan")) {
        x.set(random.nextInt((int) x.shape().size()), Double.NaN);
      }
      Pool2d op = new Pool2d(kind, window, c.flag("ceil"), c.flag("include_pad"));
      assertThat(OperatorContract.of(op).input(x).tolerance(1e-6).check())
          .containsExactly("pool2d");
    }
  }
}
