package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class CumSumTest {
  private static final Tensor X = Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);

  private static float[] sums(boolean exclusive, boolean reverse, long axis) {
    Tensor along = Tensor.ofLongs(Shape.of(), axis);
    return new CumSum(exclusive, reverse).evaluate(List.of(X, along)).get(0).toFloatArray();
  }

  @Test
  void sumsRunAlongAnAxisEitherWay() {
    assertThat(sums(false, false, 1)).containsExactly(1, 3, 6, 4, 9, 15);
    assertThat(sums(true, false, -1)).containsExactly(0, 1, 3, 0, 4, 9);
    assertThat(sums(false, true, 1)).containsExactly(6, 5, 3, 15, 11, 6);
    assertThat(sums(true, true, 1)).containsExactly(5, 3, 0, 11, 6, 0);
    assertThat(sums(false, false, 0)).containsExactly(1, 2, 3, 5, 7, 9);
    assertThat(sums(true, true, -2)).containsExactly(4, 5, 6, 0, 0, 0);
  }

  @Test
  void refusesAnAxisOutside() {
    List<Fact> inputs = List.of(Fact.of(X), Fact.of(Tensor.ofLongs(Shape.of(), 2)));
    assertThatThrownBy(() -> new CumSum(false, false).infer(inputs)).hasMessageContaining("axis 2");
  }
}
