package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayerNormTest {

  @Test
  void normalisesRowsAndTellsTheirStatistics() {
    Tensor x = Tensor.of(Shape.of(2, 2), 1, 3, -4, 4);
    Tensor scale = Tensor.of(Shape.of(2), 1, 2);
    Tensor shift = Tensor.of(Shape.of(2), 0, 1);
    List<Tensor> y = new LayerNorm(-1, 0).evaluate(List.of(x, scale, shift));
    assertThat(y.get(0).toFloatArray()).containsExactly(-1, 3, -1, 3);
    assertThat(y.get(1).toFloatArray()).containsExactly(2, 0);
    assertThat(y.get(2).toFloatArray()).containsExactly(1, 0.25f);
    assertThat(y.get(1).shape()).isEqualTo(Shape.of(2, 1));
  }

  @Test
  void refusesFactorsOfAnotherShape() {
    Fact x = Fact.of(Shape.of(2, 2));
    assertThatThrownBy(() -> new LayerNorm(-1, 0).infer(List.of(x, Fact.of(Shape.of(3)))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
