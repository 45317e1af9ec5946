package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopKTest {

  private static final Tensor X = Tensor.of(Shape.of(4, 1), 3, 9, 3, 1);

  @Test
  void bestFirstAndOfEqualOnesTheEarlier() {
    List<Tensor> y = new TopK(0, true, 3).evaluate(List.of(X));
    assertThat(y.get(0).toFloatArray()).containsExactly(9, 3, 3);
    assertThat(y.get(1).toLongArray()).containsExactly(1, 0, 2);
    assertThat(new TopK(0, false, 2).evaluate(List.of(X)).get(1).toLongArray())
        .containsExactly(3, 0);
  }

  @Test
  void refusesMoreThanThereAre() {
    assertThatThrownBy(() -> new TopK(0, true, 5).infer(List.of(Fact.of(X))))
        .hasMessageContaining("5 elements");
  }
}
