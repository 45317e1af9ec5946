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
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TransposeTest {

  private static final Tensor X = Tensor.of(Shape.of(1, 2, 3), 1, 2, 3, 4, 5, 6);

  @Test
  void reordersAxes() {
    Tensor y = new Transpose(List.of(2, 0, 1)).evaluate(List.of(X)).get(0);
    assertThat(y.shape()).isEqualTo(Shape.of(3, 1, 2));
    assertThat(y.toFloatArray()).containsExactly(1, 4, 2, 5, 3, 6);
  }

  @Test
  void reversesTheAxesByDefault() {
    assertThat(new Transpose(List.of()).evaluate(List.of(X)).get(0).shape())
        .isEqualTo(Shape.of(3, 2, 1));
  }

  @Test
  void refusesWhatIsNoPermutation() {
    assertThatThrownBy(() -> new Transpose(List.of(0, 0, 1)).infer(List.of(Fact.of(X))))
        .hasMessageContaining("no order");
  }

  @Nested
  @RequiresOpenCl
  class Kernels {
    private final Random random = Fresh.random();

    /** The cases that take every element. */
    static List<Case> cases() {
      return Case.of("transpose").stream().filter(c -> !c.name().startsWith("slice")).toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreeWithTheReference(Case c) {
      int[] shape = Arrays.stream(c.text("shape").split("x")).mapToInt(Integer::parseInt).toArray();
      List<Integer> order =
          Arrays.stream(c.text("order").split(",")).map(Integer::valueOf).toList();
      Tensor x = TestTensors.random(random, shape);
      if (c.flag("nan")) {
        x.set(random.nextInt((int) x.shape().size()), Double.NaN);
      }
      assertThat(OperatorContract.of(new Transpose(order)).input(x).tolerance(0).check())
          .containsExactly("transpose");
    }
  }
}
