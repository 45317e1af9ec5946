package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolNdTest {

  private static PoolNd pool(PoolNd.Kind kind, PoolNd.Indices indices) {
    WindowNd window =
        new WindowNd(List.of(2), List.of(1), List.of(1), Padding.Rule.EXPLICIT, List.of(0, 1));
    return new PoolNd(kind, window, false, false, 2, indices);
  }

  @Test
  void tellsWhereEachMaximumLies() {
    Tensor x = Tensor.of(Shape.of(1, 2, 3), 1, 3, 2, -1, -2, -3);
    List<Tensor> y = pool(PoolNd.Kind.MAX, PoolNd.Indices.ROW_MAJOR).evaluate(List.of(x));
    assertThat(y.get(0).toFloatArray()).containsExactly(3, 3, 2, -1, -2, -3);
    assertThat(y.get(1).toLongArray()).containsExactly(1, 1, 2, 3, 4, 5);
  }

  @Test
  void averagesAndNorms() {
    Tensor x = Tensor.of(Shape.of(1, 1, 2), 3, 4);
    assertThat(
            pool(PoolNd.Kind.AVERAGE, PoolNd.Indices.NONE)
                .evaluate(List.of(x))
                .get(0)
                .toFloatArray())
        .containsExactly(3.5f, 4);
    assertThat(pool(PoolNd.Kind.LP, PoolNd.Indices.NONE).evaluate(List.of(x)).get(0).toFloatArray())
        .containsExactly(5, 4);
  }

  @Test
  void refusesAnotherRank() {
    assertThatThrownBy(
            () ->
                pool(PoolNd.Kind.MAX, PoolNd.Indices.NONE)
                    .infer(List.of(Fact.of(Shape.of(1, 1, 2, 2)))))
        .hasMessageContaining("rank 3");
  }
}
