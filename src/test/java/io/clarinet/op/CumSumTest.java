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

class CumSumTest {
  private static final Tensor X = Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);

  private static float[] sums(boolean exclusive, boolean reverse, long axis) {
    Tensor along = Tensor.ofLongs(Shape.of(), axis);
    return new CumSum(exclusive, reverse).evaluate(List.of(X, along)).get(0).toFloatArray();
  }

  @Test
  void sumsRunAlongAnAxisEitherWay() {
    assertThat(sums(false, false, 1)).containsExactly(1, 3, 6, 4, 9, 15);
    assertThat(sums(true, false, -1)).containsExactly(0, 1, 3, 0, 4, 9);
    assertThat(sums(false, true, 1)).containsExactly(6, 5, 3, 15, 11, 6);
    assertThat(sums(true, true, 1)).containsExactly(5, 3, 0, 11, 6, 0);
    assertThat(sums(false, false, 0)).containsExactly(1, 2, 3, 5, 7, 9);
    assertThat(sums(true, true, -2)).containsExactly(4, 5, 6, 0, 0, 0);
  }

  @Test
  void refusesAnAxisOutside() {
    List<Fact> inputs = List.of(Fact.of(X), Fact.of(Tensor.ofLongs(Shape.of(), 2)));
    assertThatThrownBy(() -> new CumSum(false, false).infer(inputs)).hasMessageContaining("axis 2");
  }

  @Nested
  @RequiresOpenCl
  class Kernels {
    static List<Case> cases() {
      return Case.of("cumsum");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreeWithTheReference(Case c) {
      Random random = Fresh.random();
      int axis = c.integer("axis");
      Tensor x =
          TestTensors.random(
              random, c.integer("n"), c.integer("outer"), Math.max(1, axis), c.integer("inner"));
      if (c.flag("nan")) {
        x.set(random.nextInt((int) x.shape().size()), Double.NaN);
      }
      CumSum op = new CumSum(c.flag("exclusive"), c.flag("reverse"));
      Tensor along = Tensor.ofLongs(Shape.of(), axis == 0 ? 0 : 2);
      assertThat(OperatorContract.of(op).input(x).constant(along).tolerance(1e-6).check())
          .containsExactly("cumsum");
    }

    @Test
    void infinityStaysInfinite() {
      float infinity = Float.POSITIVE_INFINITY;
      Tensor x = Tensor.of(Shape.of(1, 4), 1, infinity, 2, -infinity);
      OperatorContract.of(new CumSum(false, false))
          .input(x)
          .constant(Tensor.ofLongs(Shape.of(), 1))
          .check();
    }
  }
}
