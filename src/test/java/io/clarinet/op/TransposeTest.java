package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

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
}
