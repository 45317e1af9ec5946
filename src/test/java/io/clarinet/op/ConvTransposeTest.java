package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConvTransposeTest {

  private static WindowNd window(Padding.Rule rule, Integer... pads) {
    return new WindowNd(List.of(3), List.of(2), List.of(1), rule, List.of(pads));
  }

  @Test
  void everyElementAddsItsMultipleOfTheKernel() {
    Tensor x = Tensor.of(Shape.of(1, 1, 2), 1, 10);
    Tensor w = Tensor.of(Shape.of(1, 1, 3), 1, 2, 3);
    ConvTranspose op =
        new ConvTranspose(window(Padding.Rule.EXPLICIT, 0, 0), 1, List.of(), List.of());
    assertThat(op.evaluate(List.of(x, w)).get(0).toFloatArray()).containsExactly(1, 2, 13, 20, 30);
    ConvTranspose cut =
        new ConvTranspose(window(Padding.Rule.EXPLICIT, 1, 1), 1, List.of(1), List.of());
    assertThat(cut.evaluate(List.of(x, w)).get(0).toFloatArray()).containsExactly(2, 13, 20, 30);
    ConvTranspose same =
        new ConvTranspose(window(Padding.Rule.SAME_UPPER, 0, 0), 1, List.of(), List.of());
    assertThat(same.evaluate(List.of(x, w)).get(0).toFloatArray()).containsExactly(1, 2, 13, 20);
  }

  @Test
  void refusesWeightsThatDoNotFit() {
    ConvTranspose op =
        new ConvTranspose(window(Padding.Rule.EXPLICIT, 0, 0), 1, List.of(), List.of());
    Fact x = Fact.of(Shape.of(1, 2, 4));
    assertThatThrownBy(() -> op.infer(List.of(x, Fact.of(Shape.of(1, 1, 3)))))
        .hasMessageContaining("do not fit");
  }
}
