package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.Case;
import io.clarinet.Fresh;
import io.clarinet.RequiresOpenCl;
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

class OneHotTest {
  private static final Tensor VALUES = Tensor.of(Shape.of(2), 2, 5);

  private static Tensor rows(int axis, long depth, Tensor indices) {
    Tensor count = Tensor.ofLongs(Shape.of(), depth);
    return new OneHot(axis).evaluate(List.of(indices, count, VALUES)).get(0);
  }

  @Test
  void isOnAtTheIndexAlone() {
    Tensor y = rows(-1, 3, Tensor.ofLongs(Shape.of(2), 1, -1));
    assertThat(y.shape()).isEqualTo(Shape.of(2, 3));
    assertThat(y.toFloatArray()).containsExactly(2, 5, 2, 2, 2, 5);
    Tensor columns = rows(0, 3, Tensor.of(Shape.of(2), 0, 2));
    assertThat(columns.shape()).isEqualTo(Shape.of(3, 2));
    assertThat(columns.toFloatArray()).containsExactly(5, 2, 2, 2, 2, 5);
  }

  @Test
  void isOffWhereAnIndexIsOutside() {
    assertThat(rows(0, 2, Tensor.ofLongs(Shape.of(2), 2, -3)).toFloatArray()).containsOnly(2);
  }

  @Test
  void refusesAnAxisOutside() {
    List<Fact> inputs =
        List.of(Fact.of(Shape.of(2)), Fact.of(Tensor.ofLongs(Shape.of(), 3)), Fact.of(Shape.of(2)));
    assertThatThrownBy(() -> new OneHot(2).infer(inputs)).hasMessageContaining("axis 2");
  }

  @Nested
  @RequiresOpenCl
  class Kernels {
    static List<Case> cases() {
      return Case.of("one_hot");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreeWithTheReference(Case c) {
      Random random = Fresh.random();
      int depth = c.integer("depth");
      Tensor indices =
          Tensor.zeros(Shape.of(c.integer("n"), c.integer("outer"), c.integer("inner")));
      for (long i = 0; i < indices.shape().size(); i++) {
        indices.set(i, (double) random.nextInt(-depth - 1, depth + 2));
      }
      assertThat(
              OperatorContract.of(new OneHot(2))
                  .input(indices)
                  .constant(Tensor.ofLongs(Shape.of(), depth))
                  .input(VALUES)
                  .tolerance(0)
                  .check())
          .containsExactly("one_hot");
    }
  }
}
