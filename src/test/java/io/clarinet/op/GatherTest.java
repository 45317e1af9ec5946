package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.Fresh;
import io.clarinet.RequiresOpenCl;
import io.clarinet.TestTensors;
import io.clarinet.kernel.OperatorContract;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class GatherTest {

  private static final Tensor X = Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);

  @Test
  void picksAlongAnAxis() {
    Tensor y = new Gather(1).evaluate(List.of(X, Tensor.ofLongs(Shape.of(2), -1, 0))).get(0);
    assertThat(y.toFloatArray()).containsExactly(3, 1, 6, 4);
    Tensor scalar = new Gather(0).evaluate(List.of(X, Tensor.ofLongs(Shape.of(), 1))).get(0);
    assertThat(scalar.shape()).isEqualTo(Shape.of(3));
  }

  @Test
  void refusesAnIndexOutside() {
    assertThatThrownBy(() -> new Gather(0).evaluate(List.of(X, Tensor.ofLongs(Shape.of(1), 2))))
        .hasMessageContaining("index 2");
  }

  @Nested
  @RequiresOpenCl
  class Kernels {
    @Test
    void pickByIndicesOfAnyOrder() {
      Tensor x = TestTensors.random(Fresh.random(), 3, 5, 7);
      Tensor indices = Tensor.ofLongs(Shape.of(2, 2), 4, -5, 1, 1);
      OperatorContract.of(new Gather(1)).input(x).constant(indices).tolerance(0).check();
      OperatorContract.of(new Gather(0))
          .input(x)
          .constant(Tensor.ofLongs(Shape.of(3), 2, 2, 0))
          .tolerance(0)
          .check();
    }
  }
}
