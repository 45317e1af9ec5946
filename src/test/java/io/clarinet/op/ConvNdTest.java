package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConvNdTest {

  private static final WindowNd WINDOW =
      new WindowNd(List.of(2), List.of(1), List.of(1), Padding.Rule.EXPLICIT, List.of(0, 1));

  @Test
  void slidesAlongOneAxis() {
    Tensor x = Tensor.of(Shape.of(1, 2, 3), 1, 2, 3, 10, 20, 30);
    Tensor w = Tensor.of(Shape.of(2, 1, 2), 1, 2, 3, 4);
    Tensor bias = Tensor.of(Shape.of(2), 100, 0);
    Tensor y = new ConvNd(WINDOW, 2).evaluate(List.of(x, w, bias)).get(0);
    assertThat(y.toFloatArray()).containsExactly(105, 108, 103, 110, 180, 90);
  }

  @Test
  void refusesWeightsThatDoNotFit() {
    Fact x = Fact.of(Shape.of(1, 2, 3));
    assertThatThrownBy(() -> new ConvNd(WINDOW, 1).infer(List.of(x, Fact.of(Shape.of(2, 1, 2)))))
        .hasMessageContaining("do not fit");
  }
}
