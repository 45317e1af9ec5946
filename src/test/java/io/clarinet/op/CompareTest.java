package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompareTest {

  @Test
  void relatesNumbersAndNotNaN() {
    Tensor a = Tensor.of(Shape.of(4), 1, 2, 3, Float.NaN);
    Tensor b = Tensor.of(Shape.of(1), 2);
    assertThat(new Compare(Compare.Relation.LESS).evaluate(List.of(a, b)).get(0).toLongArray())
        .containsExactly(1, 0, 0, 0);
    assertThat(
            new Compare(Compare.Relation.GREATER_OR_EQUAL)
                .evaluate(List.of(a, b))
                .get(0)
                .toLongArray())
        .containsExactly(0, 1, 1, 0);
  }

  @Test
  void tellsNeighbouringLargeIntegersApart() {
    Tensor a = Tensor.ofLongs(Shape.of(1), Long.MAX_VALUE);
    Tensor b = Tensor.ofLongs(Shape.of(1), Long.MAX_VALUE - 1);
    assertThat(new Compare(Compare.Relation.EQUAL).evaluate(List.of(a, b)).get(0).toLongArray())
        .containsExactly(0);
  }

  @Test
  void refusesUnequalTypes() {
    Fact a = Fact.of(Shape.of(1));
    Fact b = Fact.of(Tensor.ofLongs(Shape.of(1), 1));
    assertThatThrownBy(() -> new Compare(Compare.Relation.EQUAL).infer(List.of(a, b)))
        .hasMessageContaining("operands");
  }
}
