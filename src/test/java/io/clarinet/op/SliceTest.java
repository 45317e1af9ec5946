package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class SliceTest {

  private static final Tensor X = Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);

  private static float[] slice(Slice.Range... ranges) {
    return new Slice(List.of(ranges)).evaluate(List.of(X)).get(0).toFloatArray();
  }

  @Test
  void takesPartOfAnAxis() {
    assertThat(slice(new Slice.Range(1, 1, 3, 1))).containsExactly(2, 3, 5, 6);
  }

  @Test
  void boundsCountFromTheEndAndAreHeldToTheExtent() {
    assertThat(slice(new Slice.Range(-1, -2, Long.MAX_VALUE, 1))).containsExactly(2, 3, 5, 6);
    assertThat(slice(new Slice.Range(1, -9, 1, 1))).containsExactly(1, 4);
    assertThat(slice(new Slice.Range(1, 2, 1, 1))).isEmpty();
  }

  @Test
  void aNegativeStepWalksBackwards() {
    assertThat(slice(new Slice.Range(1, -1, Long.MIN_VALUE, -1))).containsExactly(3, 2, 1, 6, 5, 4);
    assertThat(slice(new Slice.Range(1, 2, 0, -2))).containsExactly(3, 6);
  }

  @Test
  void takesBoundsAsInputs() {
    Tensor y =
        new Slice(List.of())
            .evaluate(
                List.of(
                    X,
                    Tensor.ofLongs(Shape.of(1), 1),
                    Tensor.ofLongs(Shape.of(1), 2),
                    Tensor.ofLongs(Shape.of(1), 0)))
            .get(0);
    assertThat(y.toFloatArray()).containsExactly(4, 5, 6);
  }

  @Test
  void refusesAStepOfZeroAndAStrangeAxis() {
    assertThatThrownBy(() -> slice(new Slice.Range(1, 0, 1, 0))).hasMessageContaining("step");
    assertThatThrownBy(() -> slice(new Slice.Range(2, 0, 1, 1))).hasMessageContaining("axis 2");
  }
}
