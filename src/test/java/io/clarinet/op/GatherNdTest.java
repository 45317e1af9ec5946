package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatherNdTest {
  private static final Tensor X = Tensor.of(Shape.of(2, 2, 2), 1, 2, 3, 4, 5, 6, 7, 8);

  private static Tensor pick(int batch, Tensor indices) {
    return new GatherNd(batch).evaluate(List.of(X, indices)).get(0);
  }

  @Test
  void everyTupleNamesASlice() {
    Tensor pairs = pick(0, Tensor.ofLongs(Shape.of(2, 1, 2), 0, -1, 1, 0));
    assertThat(pairs.shape()).isEqualTo(Shape.of(2, 1, 2));
    assertThat(pairs.toFloatArray()).containsExactly(3, 4, 5, 6);
    assertThat(pick(0, Tensor.ofLongs(Shape.of(1, 3), 1, 0, 1)).toFloatArray()).containsExactly(6);
  }

  @Test
  void everyItemHasItsOwn() {
    Tensor items = pick(1, Tensor.ofLongs(Shape.of(2, 1), 1, 0));
    assertThat(items.shape()).isEqualTo(Shape.of(2, 2));
    assertThat(items.toFloatArray()).containsExactly(3, 4, 5, 6);
    Tensor both = pick(2, Tensor.ofLongs(Shape.of(2, 2, 1), 0, 1, 1, 0));
    assertThat(both.toFloatArray()).containsExactly(1, 4, 6, 7);
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> pick(0, Tensor.ofLongs(Shape.of(1, 2), 0, 2)))
        .hasMessageContaining("index 2 is outside of 2");
    Fact four = Fact.of(Tensor.ofLongs(Shape.of(1, 4), 0, 0, 0, 0));
    assertThatThrownBy(() -> new GatherNd(0).infer(List.of(Fact.of(X), four)))
        .hasMessageContaining("do not fit");
    Fact oneItem = Fact.of(Tensor.ofLongs(Shape.of(1, 1), 0));
    assertThatThrownBy(() -> new GatherNd(1).infer(List.of(Fact.of(X), oneItem)))
        .hasMessageContaining("do not fit");
  }
}
