package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArgMaxTest {

  @Test
  void tellsTheFirstOrTheLast() {
    Tensor x = Tensor.of(Shape.of(2, 3), 1, 5, 5, 7, 0, 7);
    assertThat(new ArgMax(1, false, false, false).evaluate(List.of(x)).get(0).toLongArray())
        .containsExactly(1, 0);
    Tensor last = new ArgMax(-1, true, true, false).evaluate(List.of(x)).get(0);
    assertThat(last.toLongArray()).containsExactly(2, 2);
    assertThat(last.shape()).isEqualTo(Shape.of(2, 1));
  }

  @Test
  void refusesAnEmptyAxis() {
    assertThatThrownBy(
            () -> new ArgMax(1, true, true, false).infer(List.of(Fact.of(Shape.of(2, 0)))))
        .hasMessageContaining("empty");
  }
}
