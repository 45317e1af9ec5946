package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.op.GridSample.Mode;
import io.clarinet.op.GridSample.Outside;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sampling of the image 1 2 / 3 4 by hand. */
class GridSampleTest {
  private static final Tensor X = Tensor.of(Shape.of(1, 1, 2, 2), 1, 2, 3, 4);

  private static float[] sampled(Mode mode, Outside outside, boolean align, float... grid) {
    Tensor places = Tensor.of(Shape.of(1, 1, grid.length / 2, 2), grid);
    return new GridSample(mode, outside, align).evaluate(List.of(X, places)).get(0).toFloatArray();
  }

  @Test
  void theFirstCoordinateIsTheColumn() {
    assertThat(sampled(Mode.LINEAR, Outside.ZEROS, true, -1, -1, 1, -1, -1, 1, 0, 0))
        .containsExactly(1, 2, 3, 2.5f);
  }

  @Test
  void endsAreEdgesUnlessCornersAreAligned() {
    assertThat(sampled(Mode.LINEAR, Outside.ZEROS, false, -1, -1, -0.5f, -0.5f))
        .containsExactly(0.25f, 1);
    assertThat(sampled(Mode.LINEAR, Outside.BORDER, false, -1, -1, 3, -0.5f)).containsExactly(1, 2);
  }

  @Test
  void outsideIsZeroTheBorderOrAMirror() {
    assertThat(sampled(Mode.NEAREST, Outside.ZEROS, true, 3, -1)).containsExactly(0);
    assertThat(sampled(Mode.NEAREST, Outside.BORDER, true, 3, -1)).containsExactly(2);
    assertThat(sampled(Mode.NEAREST, Outside.REFLECTION, true, 3, -1)).containsExactly(1);
    assertThat(sampled(Mode.NEAREST, Outside.REFLECTION, false, 1.5f, -1.5f, 2.5f, -0.5f))
        .containsExactly(2, 1);
  }

  @Test
  void coordinatesThatAreNoNumbersGiveNone() {
    assertThat(sampled(Mode.LINEAR, Outside.BORDER, true, Float.NaN, 0)).containsExactly(Float.NaN);
    assertThat(sampled(Mode.CUBIC, Outside.ZEROS, true, 1e30f, 0, Float.NEGATIVE_INFINITY, 0))
        .containsExactly(0, 0);
  }

  @Test
  void refusesAGridOfOtherItemsOrAxes() {
    GridSample op = new GridSample(Mode.LINEAR, Outside.ZEROS, false);
    Fact x = Fact.of(Shape.of(2, 3, 4, 5));
    assertThatThrownBy(() -> op.infer(List.of(x, Fact.of(Shape.of(2, 6, 7, 3)))))
        .hasMessageContaining("grid 2x6x7x3 does not fit 2x3x4x5");
  }
}
