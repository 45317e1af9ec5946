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

class HardmaxTest {
  private static float[] hardmax(Hardmax op, float... values) {
    Tensor x = Tensor.of(Shape.of(1, 2, values.length / 2), values);
    return op.evaluate(List.of(x)).get(0).toFloatArray();
  }

  @Test
  void marksTheFirstOfTheLargest() {
    assertThat(hardmax(Hardmax.along(2), 1, 3, 3, -1, -2, -1)).containsExactly(0, 1, 0, 1, 0, 0);
    assertThat(hardmax(Hardmax.along(-2), 1, 3, 3, 1, 4, 2)).containsExactly(1, 0, 1, 0, 1, 0);
    assertThat(hardmax(new Hardmax(1, true), 1, 3, 3, 4, -2, 4)).containsExactly(0, 0, 0, 1, 0, 0);
  }

  @Test
  void aNanIsLargerThanNothing() {
    float nan = Float.NaN;
    assertThat(hardmax(Hardmax.along(2), 1, nan, nan, 2)).containsExactly(1, 0, 1, 0);
    float low = Float.NEGATIVE_INFINITY;
    assertThat(hardmax(Hardmax.along(2), low, low, low, nan)).containsExactly(1, 0, 1, 0);
  }

  @Test
  void refusesAnAxisOutsideOfTheShape() {
    assertThatThrownBy(() -> Hardmax.along(2).infer(List.of(Fact.of(Shape.of(1, 2)))))
        .hasMessageContaining("axis 2");
  }

  private static OperatorContract contract(Case c) {
    Random random = Fresh.random();
    int axis = c.integer("axis");
    Tensor x =
        TestTensors.random(
            random, c.integer("n"), c.integer("outer"), Math.max(1, axis), c.integer("inner"));
    for (long i = 0; c.flag("ties") && i < x.shape().size(); i++) {
      x.set(i, Math.floor(3 * x.doubleAt(i)));
    }
    if (c.flag("nan")) {
      x.set(random.nextInt((int) x.shape().size()), Double.NaN);
    }
    return OperatorContract.of(Hardmax.along(axis == 0 ? 0 : 2)).input(x).tolerance(0);
  }

  @Nested
  @RequiresOpenCl
  class Kernels {
    static List<Case> cases() {
      return Case.of("hardmax");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreeWithTheReference(Case c) {
      assertThat(contract(c).check()).containsExactly("hardmax");
    }

    @Test
    void flattenTheLastAxes() {
      Tensor x = TestTensors.random(Fresh.random(), 3, 5, 7, 2);
      for (int axis = 1; axis <= 4; axis++) {
        OperatorContract.of(new Hardmax(axis, true)).input(x).tolerance(0).check();
      }
    }
  }
}
