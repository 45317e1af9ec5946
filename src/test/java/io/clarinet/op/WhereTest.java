package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class WhereTest {

  @Test
  void choosesWithBroadcasting() {
    Tensor condition = Tensor.zeros(ElementType.BOOL, Shape.of(2, 1));
    condition.set(0, 1L);
    Tensor a = Tensor.of(Shape.of(2), 1, 2);
    Tensor b = Tensor.of(Shape.of(), 9);
    assertThat(new Where().evaluate(List.of(condition, a, b)).get(0).toFloatArray())
        .containsExactly(1, 2, 9, 9);
  }

  @Test
  void refusesAConditionThatIsNone() {
    Fact x = Fact.of(Shape.of(2));
    assertThatThrownBy(() -> new Where().infer(List.of(x, x, x))).hasMessageContaining("choose");
  }
}
