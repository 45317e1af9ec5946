package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaxUnpoolTest {
  private static final WindowNd HALVES =
      new WindowNd(
          List.of(2, 2), List.of(2, 2), List.of(1, 1), Padding.Rule.EXPLICIT, List.of(0, 0, 0, 0));
  private static final MaxUnpool OP = new MaxUnpool(HALVES);

  @Test
  void putsBackWhatAPoolingTook() {
    Tensor x = Tensor.of(Shape.of(1, 2, 2, 2), 1, 4, 3, 2, 8, 5, 6, 7);
    PoolNd pool = new PoolNd(PoolNd.Kind.MAX, HALVES, false, false, 0, PoolNd.Indices.ROW_MAJOR);
    List<Tensor> pooled = pool.evaluate(List.of(x));
    assertThat(OP.evaluate(pooled).get(0).toFloatArray()).containsExactly(0, 4, 0, 0, 8, 0, 0, 0);
  }

  @Test
  void anOutputThatIsLargerGrowsBehind() {
    Tensor x = Tensor.of(Shape.of(1, 1, 1, 1), 9);
    Tensor index = Tensor.ofLongs(Shape.of(1, 1, 1, 1), 2);
    Tensor shape = Tensor.ofLongs(Shape.of(4), 1, 1, 2, 3);
    assertThat(OP.evaluate(List.of(x, index, shape)).get(0).toFloatArray())
        .containsExactly(0, 0, 0, 9, 0, 0);
  }

  @Test
  void ofEqualIndicesTheLastStaysAndOthersPutNothing() {
    Tensor x = Tensor.of(Shape.of(1, 1, 1, 4), 1, 2, 3, 4);
    Tensor indices = Tensor.ofLongs(Shape.of(1, 1, 1, 4), 1, 1, -3, 16);
    assertThat(OP.evaluate(List.of(x, indices)).get(0).toFloatArray())
        .startsWith(0, 2, 0)
        .doesNotContain(1, 3, 4);
  }

  @Test
  void refusesAnOutputThatIsSmaller() {
    Fact x = Fact.of(Shape.of(1, 1, 2, 2));
    Fact indices = Fact.of(ElementType.INT64, x.shape());
    Fact shape = Fact.of(Tensor.ofLongs(Shape.of(4), 1, 1, 4, 3));
    assertThatThrownBy(() -> OP.infer(List.of(x, indices, shape)))
        .hasMessageContaining("an output 1x1x4x3 for an image of 1x1x4x4");
  }
}
