package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class GlobalPool2dTest {

  @Test
  void reducesEveryImageToOneElement() {
    Tensor x = Tensor.of(Shape.of(1, 2, 2, 2), 1, 2, 3, 6, -4, -3, -2, -1);
    Tensor average = GlobalPool2d.AVERAGE.evaluate(List.of(x)).get(0);
    assertThat(average.shape()).isEqualTo(Shape.of(1, 2, 1, 1));
    assertThat(average.toFloatArray()).containsExactly(3, -2.5f);
    assertThat(GlobalPool2d.MAX.evaluate(List.of(x)).get(0).toFloatArray()).containsExactly(6, -1);
  }

  @Test
  void refusesAnInputWithoutSpatialAxes() {
    assertThatThrownBy(() -> GlobalPool2d.MAX.infer(List.of(Fact.of(Shape.of(3, 4)))))
        .hasMessageContaining("no spatial axes");
  }
}
