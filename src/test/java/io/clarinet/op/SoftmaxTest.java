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

class SoftmaxTest {

  private static float[] softmax(Softmax op, Tensor x) {
    return op.evaluate(List.of(x)).get(0).toFloatArray();
  }

  private static final float LN3 = (float) Math.log(3);

  @Test
  void sharesOutAlongTheAxis() {
    Tensor x = Tensor.of(Shape.of(1, 2, 2), 0, 7, LN3, 7);
    assertThat(softmax(Softmax.along(1), x)).containsExactly(0.25f, 0.5f, 0.75f, 0.5f);
    assertThat(softmax(Softmax.along(-2), x)).containsExactly(0.25f, 0.5f, 0.75f, 0.5f);
  }

  @Test
  void flatTakesAllInnerAxesAsOne() {
    Tensor x = Tensor.of(Shape.of(1, 2, 2), 5, 5, 5, 5);
    assertThat(softmax(new Softmax(1, false, true), x)).containsExactly(0.25f, 0.25f, 0.25f, 0.25f);
  }

  @Test
  void largeInputsDoNotOverflow() {
    Tensor x = Tensor.of(Shape.of(1, 2), 1e30f, 1e30f);
    assertThat(softmax(new Softmax(1, true, false), x))
        .containsExactly((float) -Math.log(2), (float) -Math.log(2));
  }

  @Test
  void refusesAnAxisOutsideOfTheShape() {
    assertThatThrownBy(() -> Softmax.along(2).infer(List.of(Fact.of(Shape.of(1, 2)))))
        .hasMessageContaining("axis 2");
  }

  @Nested
  @RequiresOpenCl
  class Kernels {
    private final Random random = Fresh.random();

    static List<Case> cases() {
      return Case.of("softmax");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreeWithTheReference(Case c) {
      boolean alongBatch = c.integer("axis") == 0;
      Tensor x =
          TestTensors.random(
              random,
              c.integer("n"),
              c.integer("outer"),
              Math.max(1, c.integer("axis")),
              c.integer("inner"));
      if (c.flag("nan")) {
        x.set(random.nextInt((int) x.shape().size()), Double.NaN);
      }
      Softmax op = new Softmax(alongBatch ? 0 : 2, c.flag("log"), false);
      assertThat(OperatorContract.of(op).input(x).tolerance(2e-6).check())
          .containsExactly("softmax");
    }

    @Test
    void flattensTheLastAxes() {
      Tensor x = TestTensors.random(random, 3, 5, 7, 2);
      for (int axis = 1; axis <= 4; axis++) {
        OperatorContract.of(new Softmax(axis, false, true)).input(x).tolerance(2e-6).check();
      }
    }

    @Test
    void takesVectors() {
      OperatorContract.of(Softmax.along(0))
          .input(TestTensors.random(random, 37))
          .tolerance(2e-6)
          .check();
    }
  }
}
