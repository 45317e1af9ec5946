package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchStatisticsNormTest {

  @Test
  void usesTheBatchAndMovesTheStoredStatistics() {
    Tensor x = Tensor.of(Shape.of(2, 1, 1), 1, 3);
    Tensor one = Tensor.of(Shape.of(1), 1);
    Tensor ten = Tensor.of(Shape.of(1), 10);
    List<Tensor> y = new BatchStatisticsNorm(0, 0.5f).evaluate(List.of(x, one, ten, ten, ten));
    assertThat(y.get(0).toFloatArray()).containsExactly(9, 11);
    assertThat(y.get(1).toFloatArray()).containsExactly(6);
    assertThat(y.get(2).toFloatArray()).containsExactly(5.5f);
  }

  @Test
  void refusesStatisticsOfAnotherSize() {
    Fact two = Fact.of(Shape.of(2));
    Fact x = Fact.of(Shape.of(2, 1, 1));
    assertThatThrownBy(() -> new BatchStatisticsNorm(0, 0.5f).infer(List.of(x, two, two, two, two)))
        .hasMessageContaining("1 channels");
  }
}
