package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class DenseTest {

  private static final Tensor X = Tensor.of(Shape.of(1, 2), 1, 2);

  @Test
  void multipliesByTheWeights() {
    Tensor w = Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
    assertThat(new Dense(false, Epilogue.NONE).evaluate(List.of(X, w)).get(0).toFloatArray())
        .containsExactly(9, 12, 15);
  }

  @Test
  void transposedWeightsBiasResidualActivation() {
    Tensor w = Tensor.of(Shape.of(3, 2), 1, 2, 3, 4, 5, 6);
    Tensor bias = Tensor.of(Shape.of(3), -6, -6, -6);
    Tensor residual = Tensor.of(Shape.of(1, 3), 0, 0, 100);
    Dense op = new Dense(true, Epilogue.BIAS.withResidual().with(Unary.RELU));
    assertThat(op.evaluate(List.of(X, w, bias, residual)).get(0).toFloatArray())
        .containsExactly(0, 5, 111);
  }

  @Test
  void refusesWeightsThatDoNotFit() {
    assertThatThrownBy(
            () ->
                new Dense(true, Epilogue.NONE).infer(List.of(Fact.of(X), Fact.of(Shape.of(2, 3)))))
        .hasMessageContaining("do not fit");
  }
}
