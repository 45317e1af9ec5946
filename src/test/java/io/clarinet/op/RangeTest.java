package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import io.clarinet.tensor.UnknownValueException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RangeTest {

  @Test
  void stopsBeforeTheLimit() {
    Tensor up = Tensor.ofLongs(Shape.of(3), 2, 9, 3);
    assertThat(new Range().evaluate(List.of(up)).get(0).toLongArray()).containsExactly(2, 5, 8);
    Tensor down = Tensor.of(Shape.of(3), 1, 0, -0.5f);
    assertThat(new Range().evaluate(List.of(down)).get(0).toFloatArray()).containsExactly(1, 0.5f);
    Tensor none = Tensor.ofLongs(Shape.of(3), 5, 5, 1);
    assertThat(new Range().evaluate(List.of(none)).get(0).shape()).isEqualTo(Shape.of(0));
  }

  @Test
  void refusesWhatHasNoEndOrIsNotKnown() {
    Tensor still = Tensor.ofLongs(Shape.of(3), 0, 5, 0);
    assertThatThrownBy(() -> new Range().evaluate(List.of(still))).hasMessageContaining("steps of");
    Fact open = Fact.of(ElementType.INT64, Shape.of(3));
    assertThatThrownBy(() -> new Range().infer(List.of(open)))
        .isInstanceOf(UnknownValueException.class);
  }
}
