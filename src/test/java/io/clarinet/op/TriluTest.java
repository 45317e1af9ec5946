package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.Fresh;
import io.clarinet.RequiresOpenCl;
import io.clarinet.TestTensors;
import io.clarinet.kernel.OperatorContract;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TriluTest {
  private static final Tensor X = Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, Float.NaN);

  private static float[] triangle(boolean upper, long k) {
    Tensor diagonal = Tensor.ofLongs(Shape.of(), k);
    return new Trilu(upper).evaluate(List.of(X, diagonal)).get(0).toFloatArray();
  }

  @Test
  void keepsATriangle() {
    float nan = Float.NaN;
    assertThat(triangle(true, 0)).containsExactly(1, 2, 3, 0, 5, nan);
    assertThat(triangle(true, 1)).containsExactly(0, 2, 3, 0, 0, nan);
    assertThat(triangle(true, -1)).containsExactly(1, 2, 3, 4, 5, nan);
    assertThat(triangle(false, 0)).containsExactly(1, 0, 0, 4, 5, 0);
    assertThat(triangle(false, Long.MIN_VALUE)).containsOnly(0);
    assertThat(triangle(false, Long.MAX_VALUE)).containsExactly(1, 2, 3, 4, 5, nan);
    assertThat(new Trilu(false).evaluate(List.of(X)).get(0).toFloatArray())
        .containsExactly(1, 0, 0, 4, 5, 0);
  }

  @Test
  void refusesAVector() {
    assertThatThrownBy(() -> new Trilu(true).infer(List.of(Fact.of(Shape.of(3)))))
        .hasMessageContaining("matrices");
  }

  @Nested
  @RequiresOpenCl
  class Kernels {
    @Test
    void keepTheTriangle() {
      Tensor x = TestTensors.random(Fresh.random(), 3, 2, 5, 7);
      x.set(5 * 7 - 1, Double.NaN);
      OperatorContract.of(new Trilu(true)).input(x).tolerance(0).check();
      Tensor k = Tensor.ofLongs(Shape.of(), -2);
      OperatorContract.of(new Trilu(false)).input(x).constant(k).tolerance(0).check();
    }
  }
}
