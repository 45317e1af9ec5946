package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConcatTest {

  @Test
  void joinsAlongAnAxis() {
    Tensor a = Tensor.of(Shape.of(2, 1), 1, 2);
    Tensor b = Tensor.of(Shape.of(2, 2), 3, 4, 5, 6);
    Tensor y = new Concat(-1).evaluate(List.of(a, b)).get(0);
    assertThat(y.shape()).isEqualTo(Shape.of(2, 3));
    assertThat(y.toFloatArray()).containsExactly(1, 3, 4, 2, 5, 6);
  }

  @Test
  void refusesUnequalInputs() {
    Fact a = Fact.of(Shape.of(2, 1));
    assertThatThrownBy(() -> new Concat(1).infer(List.of(a, Fact.of(Shape.of(3, 1)))))
        .hasMessageContaining("cannot join");
  }
}
