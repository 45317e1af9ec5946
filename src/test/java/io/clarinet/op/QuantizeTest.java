package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuantizeTest {

  private static final Tensor X = Tensor.of(Shape.of(1, 4), -300, 1, 3, 300);
  private static final Tensor SCALE = Tensor.of(Shape.of(), 2);

  @Test
  void roundsTiesToEvenAndSaturates() {
    Tensor y = new Quantize(ElementType.INT8, 1, 0).evaluate(List.of(X, SCALE)).get(0);
    assertThat(y.toLongArray()).containsExactly(-128, 0, 2, 127);
  }

  @Test
  void dequantizeTakesTheZeroPointAway() {
    Tensor x = Tensor.ofLongs(Shape.of(1, 2), 7, 9).as(ElementType.INT8);
    Tensor scales = Tensor.of(Shape.of(2), 2, 10);
    Tensor zero = Tensor.ofLongs(Shape.of(2), 1, 2).as(ElementType.INT8);
    assertThat(new Dequantize(1, 0).evaluate(List.of(x, scales, zero)).get(0).toFloatArray())
        .containsExactly(12, 70);
  }

  @Test
  void blocksShareAScale() {
    Tensor scales = Tensor.of(Shape.of(1, 2), 1, 100);
    Tensor y = new Quantize(ElementType.INT16, 1, 2).evaluate(List.of(X, scales)).get(0);
    assertThat(y.toLongArray()).containsExactly(-300, 1, 0, 3);
  }

  @Test
  void refusesScalesThatDoNotFit() {
    Fact scales = Fact.of(Shape.of(3));
    assertThatThrownBy(
            () -> new Quantize(ElementType.INT8, 1, 0).infer(List.of(Fact.of(X), scales)))
        .hasMessageContaining("scales 3");
  }
}
