package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReduceTest {

  private static final Tensor X = Tensor.of(Shape.of(2, 2), 1, 2, 3, 6);

  private static float[] reduce(Reduce.Kind kind, Integer... axes) {
    return new Reduce(kind, List.of(axes), false, false).evaluate(List.of(X)).get(0).toFloatArray();
  }

  @Test
  void reducesAxes() {
    assertThat(reduce(Reduce.Kind.SUM, 0)).containsExactly(4, 8);
    assertThat(reduce(Reduce.Kind.MEAN, -1)).containsExactly(1.5f, 4.5f);
    assertThat(reduce(Reduce.Kind.MAX)).containsExactly(6);
    assertThat(reduce(Reduce.Kind.MIN, 1)).containsExactly(1, 3);
    assertThat(reduce(Reduce.Kind.L2)).containsExactly((float) Math.sqrt(50));
  }

  @Test
  void takesAxesAsAnInputAndKeepsThem() {
    Reduce op = new Reduce(Reduce.Kind.SUM, List.of(), true, true);
    Tensor axes = Tensor.ofLongs(Shape.of(1), 1);
    assertThat(op.evaluate(List.of(X, axes)).get(0).shape()).isEqualTo(Shape.of(2, 1));
    assertThat(op.evaluate(List.of(X)).get(0).toFloatArray()).containsExactly(1, 2, 3, 6);
  }

  @Test
  void refusesAStrangeAxis() {
    assertThatThrownBy(() -> reduce(Reduce.Kind.SUM, 2)).hasMessageContaining("axis 2");
  }
}
