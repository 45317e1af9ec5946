package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class TileTest {

  @Test
  void repeats() {
    Tensor x = Tensor.of(Shape.of(1, 2), 1, 2);
    Tensor y = new Tile().evaluate(List.of(x, Tensor.ofLongs(Shape.of(2), 2, 2))).get(0);
    assertThat(y.shape()).isEqualTo(Shape.of(2, 4));
    assertThat(y.toFloatArray()).containsExactly(1, 2, 1, 2, 1, 2, 1, 2);
  }

  @Test
  void refusesRepeatsForAnotherRank() {
    Fact repeats = Fact.of(Tensor.ofLongs(Shape.of(1), 2));
    assertThatThrownBy(() -> new Tile().infer(List.of(Fact.of(Shape.of(1, 2)), repeats)))
        .hasMessageContaining("1 repeats");
  }
}
