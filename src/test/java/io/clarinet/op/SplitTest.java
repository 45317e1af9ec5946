package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class SplitTest {

  private static final Tensor X = Tensor.of(Shape.of(1, 5), 1, 2, 3, 4, 5);

  @Test
  void cutsEvenlyOrAsTold() {
    List<Tensor> even = new Split(1, 2).evaluate(List.of(X));
    assertThat(even.get(0).toFloatArray()).containsExactly(1, 2, 3);
    assertThat(even.get(1).toFloatArray()).containsExactly(4, 5);
    Tensor extents = Tensor.ofLongs(Shape.of(2), 1, 4);
    assertThat(new Split(-1, 2).evaluate(List.of(X, extents)).get(1).toFloatArray())
        .containsExactly(2, 3, 4, 5);
  }

  @Test
  void refusesPartsThatDoNotAddUp() {
    Fact extents = Fact.of(Tensor.ofLongs(Shape.of(2), 1, 3));
    assertThatThrownBy(() -> new Split(1, 2).infer(List.of(Fact.of(X), extents)))
        .hasMessageContaining("cannot cut");
  }
}
