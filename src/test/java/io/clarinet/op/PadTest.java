package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class PadTest {

  private static final Tensor X = Tensor.of(Shape.of(1, 3), 1, 2, 3);

  private static float[] pad(Pad.Mode mode, Integer... pads) {
    return new Pad(mode, List.of(pads), 9).evaluate(List.of(X)).get(0).toFloatArray();
  }

  @Test
  void surroundsWithAConstant() {
    assertThat(pad(Pad.Mode.CONSTANT, 0, 1, 1, 0)).containsExactly(9, 1, 2, 3, 9, 9, 9, 9);
  }

  @Test
  void negativePaddingTakesAway() {
    assertThat(pad(Pad.Mode.CONSTANT, 0, -1, 0, 1)).containsExactly(2, 3, 9);
  }

  @Test
  void readsTheImageBeyondItsEdges() {
    assertThat(pad(Pad.Mode.REFLECT, 0, 2, 0, 1)).containsExactly(3, 2, 1, 2, 3, 2);
    assertThat(pad(Pad.Mode.EDGE, 0, 2, 0, 1)).containsExactly(1, 1, 1, 2, 3, 3);
    assertThat(pad(Pad.Mode.WRAP, 0, 2, 0, 1)).containsExactly(2, 3, 1, 2, 3, 1);
  }

  @Test
  void takesPaddingValueAndAxesAsInputs() {
    List<Tensor> inputs =
        List.of(
            X,
            Tensor.ofLongs(Shape.of(2), 1, 0),
            Tensor.of(Shape.of(), 7),
            Tensor.ofLongs(Shape.of(1), -1));
    Tensor y = new Pad(Pad.Mode.CONSTANT, List.of(), 0).evaluate(inputs).get(0);
    assertThat(y.toFloatArray()).containsExactly(7, 1, 2, 3);
  }

  @Test
  void refusesPaddingForAnotherRank() {
    assertThatThrownBy(() -> pad(Pad.Mode.CONSTANT, 1, 1)).hasMessageContaining("2 paddings");
  }
}
