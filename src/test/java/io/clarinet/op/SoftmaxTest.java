package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class SoftmaxTest {

  private static float[] softmax(Softmax op, Tensor x) {
    return op.evaluate(List.of(x)).get(0).toFloatArray();
  }

  private static final float LN3 = (float) Math.log(3);

  @Test
  void sharesOutAlongTheAxis() {
    Tensor x = Tensor.of(Shape.of(1, 2, 2), 0, 7, LN3, 7);
    assertThat(softmax(Softmax.along(1), x)).containsExactly(0.25f, 0.5f, 0.75f, 0.5f);
    assertThat(softmax(Softmax.along(-2), x)).containsExactly(0.25f, 0.5f, 0.75f, 0.5f);
  }

  @Test
  void flatTakesAllInnerAxesAsOne() {
    Tensor x = Tensor.of(Shape.of(1, 2, 2), 5, 5, 5, 5);
    assertThat(softmax(new Softmax(1, false, true), x)).containsExactly(0.25f, 0.25f, 0.25f, 0.25f);
  }

  @Test
  void largeInputsDoNotOverflow() {
    Tensor x = Tensor.of(Shape.of(1, 2), 1e30f, 1e30f);
    assertThat(softmax(new Softmax(1, true, false), x))
        .containsExactly((float) -Math.log(2), (float) -Math.log(2));
  }

  @Test
  void refusesAnAxisOutsideOfTheShape() {
    assertThatThrownBy(() -> Softmax.along(2).infer(List.of(Fact.of(Shape.of(1, 2)))))
        .hasMessageContaining("axis 2");
  }
}
