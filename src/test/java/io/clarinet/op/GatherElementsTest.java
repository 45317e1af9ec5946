package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.Fresh;
import io.clarinet.RequiresOpenCl;
import io.clarinet.TestTensors;
import io.clarinet.kernel.OperatorContract;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class GatherElementsTest {
  private static final Tensor X = Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);

  @Test
  void everyIndexPicksInItsOwnPlace() {
    Tensor indices = Tensor.ofLongs(Shape.of(2, 2), 2, 0, -1, 1);
    Tensor y = new GatherElements(1).evaluate(List.of(X, indices)).get(0);
    assertThat(y.toFloatArray()).containsExactly(3, 1, 6, 5);
    Tensor rows = Tensor.ofLongs(Shape.of(1, 3), 1, 0, 1);
    Tensor z = new GatherElements(0).evaluate(List.of(X, rows)).get(0);
    assertThat(z.toFloatArray()).containsExactly(4, 2, 6);
  }

  @Test
  void refusesAnIndexOutside() {
    Tensor indices = Tensor.ofLongs(Shape.of(1, 1), 3);
    assertThatThrownBy(() -> new GatherElements(1).evaluate(List.of(X, indices)))
        .hasMessageContaining("index 3 is outside of 3");
  }

  @Nested
  @RequiresOpenCl
  class Kernels {
    @Test
    void pickEachByItsOwnIndex() {
      Random random = Fresh.random();
      Tensor x = TestTensors.random(random, 3, 5, 7);
      for (int axis = 0; axis < 3; axis++) {
        Tensor indices = Tensor.zeros(ElementType.INT64, Shape.of(2, 3, 5).with(axis, 4));
        for (long i = 0; i < indices.shape().size(); i++) {
          indices.set(i, (long) random.nextInt(-x.shape().dim(axis), x.shape().dim(axis)));
        }
        OperatorContract.of(new GatherElements(axis))
            .input(x)
            .constant(indices)
            .tolerance(0)
            .check();
      }
    }
  }
}
