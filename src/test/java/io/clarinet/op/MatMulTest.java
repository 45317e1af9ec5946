package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class MatMulTest {

  private static Tensor product(Tensor a, Tensor b) {
    return new MatMul().evaluate(List.of(a, b)).get(0);
  }

  @Test
  void multipliesMatrices() {
    Tensor a = Tensor.of(Shape.of(2, 2), 1, 2, 3, 4);
    assertThat(product(a, a).toFloatArray()).containsExactly(7, 10, 15, 22);
  }

  @Test
  void outerAxesBroadcast() {
    Tensor a = Tensor.of(Shape.of(2, 1, 1, 2), 1, 2, 3, 4);
    Tensor b = Tensor.of(Shape.of(2, 2, 1), 1, 0, 0, 1);
    Tensor y = product(a, b);
    assertThat(y.shape()).isEqualTo(Shape.of(2, 2, 1, 1));
    assertThat(y.toFloatArray()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void vectorsLoseTheirAddedAxis() {
    Tensor v = Tensor.of(Shape.of(2), 1, 2);
    assertThat(product(v, v).shape()).isEqualTo(Shape.of());
    assertThat(product(Tensor.of(Shape.of(1, 2), 3, 4), v).shape()).isEqualTo(Shape.of(1));
    assertThat(product(v, Tensor.of(Shape.of(2, 1), 3, 4)).toFloatArray()).containsExactly(11);
  }

  @Test
  void refusesMatricesThatDoNotChain() {
    Fact a = Fact.of(Shape.of(2, 3));
    assertThatThrownBy(() -> new MatMul().infer(List.of(a, a))).hasMessageContaining("multiply");
  }
}
