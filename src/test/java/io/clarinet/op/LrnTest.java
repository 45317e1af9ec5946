package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class LrnTest {

  @Test
  void dividesByTheEnergyOfNeighbouringChannels() {
    Tensor x = Tensor.of(Shape.of(1, 4, 1, 1), 1, 2, 3, 4);
    assertThat(new Lrn(3, 3, 1, 1).evaluate(List.of(x)).get(0).toFloatArray())
        .containsExactly(1 / 6f, 2 / 15f, 3 / 30f, 4 / 26f);
  }

  @Test
  void anEvenSizeReachesOneFurtherUp() {
    Tensor x = Tensor.of(Shape.of(1, 3, 1), 1, 2, 3);
    assertThat(new Lrn(2, 2, 1, 0).evaluate(List.of(x)).get(0).toFloatArray())
        .containsExactly(1 / 5f, 2 / 13f, 3 / 9f);
  }

  @Test
  void refusesAnInputWithoutChannels() {
    assertThatThrownBy(() -> new Lrn(3, 1, 1, 1).infer(List.of(Fact.of(Shape.of(3)))))
        .hasMessageContaining("channels");
  }
}
