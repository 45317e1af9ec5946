package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.Case;
import io.clarinet.Fresh;
import io.clarinet.RequiresOpenCl;
import io.clarinet.TestTensors;
import io.clarinet.kernel.OperatorContract;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SliceTest {

  private static final Tensor X = Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);

  private static float[] slice(Slice.Range... ranges) {
    return new Slice(List.of(ranges)).evaluate(List.of(X)).get(0).toFloatArray();
  }

  @Test
  void takesPartOfAnAxis() {
    assertThat(slice(new Slice.Range(1, 1, 3, 1))).containsExactly(2, 3, 5, 6);
  }

  @Test
  void boundsCountFromTheEndAndAreHeldToTheExtent() {
    assertThat(slice(new Slice.Range(-1, -2, Long.MAX_VALUE, 1))).containsExactly(2, 3, 5, 6);
    assertThat(slice(new Slice.Range(1, -9, 1, 1))).containsExactly(1, 4);
    assertThat(slice(new Slice.Range(1, 2, 1, 1))).isEmpty();
  }

  @Test
  void aNegativeStepWalksBackwards() {
    assertThat(slice(new Slice.Range(1, -1, Long.MIN_VALUE, -1))).containsExactly(3, 2, 1, 6, 5, 4);
    assertThat(slice(new Slice.Range(1, 2, 0, -2))).containsExactly(3, 6);
  }

  @Test
  void takesBoundsAsInputs() {
    Tensor y =
        new Slice(List.of())
            .evaluate(
                List.of(
                    X,
                    Tensor.ofLongs(Shape.of(1), 1),
                    Tensor.ofLongs(Shape.of(1), 2),
                    Tensor.ofLongs(Shape.of(1), 0)))
            .get(0);
    assertThat(y.toFloatArray()).containsExactly(4, 5, 6);
  }

  @Test
  void refusesAStepOfZeroAndAStrangeAxis() {
    assertThatThrownBy(() -> slice(new Slice.Range(1, 0, 1, 0))).hasMessageContaining("step");
    assertThatThrownBy(() -> slice(new Slice.Range(2, 0, 1, 1))).hasMessageContaining("axis 2");
  }

  @Nested
  @RequiresOpenCl
  class Kernels {
    private final Random random = Fresh.random();

    static List<Case> cases() {
      return Case.of("slice");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreeWithTheReference(Case c) {
      Tensor x =
          TestTensors.random(
              random, c.integer("n"), c.integer("c"), c.integer("h"), c.integer("w"));
      if (c.flag("nan")) {
        x.set(random.nextInt((int) x.shape().size()), Double.NaN);
      }
      Slice op = new Slice(List.of(range(c, 1, "c"), range(c, 2, "h"), range(c, 3, "w")));
      assertThat(OperatorContract.of(op).input(x).tolerance(0).check())
          .contains("slice", "slice_plain");
    }

    private static Slice.Range range(Case c, int axis, String name) {
      int start = c.integer(name + "0");
      int step = c.integer("d" + name);
      int end = start + step * c.integer(name + "_count");
      return new Slice.Range(axis, start, end < 0 ? Integer.MIN_VALUE : end, step);
    }

    @Test
    void takesSomeOfTheBatch() {
      Slice op = new Slice(List.of(new Slice.Range(0, 1, 9, 3), new Slice.Range(2, 4, 0, -1)));
      Tensor x = TestTensors.random(random, 9, 3, 7);
      assertThat(OperatorContract.of(op).input(x).tolerance(0).check())
          .containsExactly("slice_plain");
    }

    @Test
    void consecutiveItemsAreReadWhereTheyLie() {
      Slice op = new Slice(List.of(new Slice.Range(0, 2, 5, 1)));
      Tensor x = TestTensors.random(random, 6, 19, 3, 5);
      assertThat(OperatorContract.of(op).input(x).tolerance(0).check())
          .contains("items", "items_blocked");
    }

    @Test
    void takesVectors() {
      Slice op = new Slice(List.of(new Slice.Range(0, 1, 37, 5)));
      OperatorContract.of(op).input(TestTensors.random(random, 37)).tolerance(0).check();
    }

    @Test
    void takesBoundsAsConstants() {
      OperatorContract.of(new Slice(List.of()))
          .input(TestTensors.random(random, 2, 20, 5, 7))
          .constant(Tensor.ofLongs(Shape.of(2), 3, 1))
          .constant(Tensor.ofLongs(Shape.of(2), 17, 6))
          .constant(Tensor.ofLongs(Shape.of(2), 1, 3))
          .tolerance(0)
          .check();
    }
  }
}
