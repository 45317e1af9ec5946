package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.Fresh;
import io.clarinet.TestTensors;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResizeTest {

  private static final Tensor X = Tensor.of(Shape.of(1, 2), 1, 3);

  private static float[] resize(
      Interpolation.Mode mode, Resize.Coordinates coordinates, Tensor target) {
    Interpolation how = new Interpolation(mode, Interpolation.Rounding.FLOOR, -0.75f, false, false);
    return new Resize(how, coordinates, Resize.Policy.STRETCH, List.of(), 0)
        .evaluate(List.of(X, target))
        .get(0)
        .toFloatArray();
  }

  @Test
  void repeatsTheNearest() {
    Tensor scales = Tensor.of(Shape.of(2), 2, 2);
    assertThat(resize(Interpolation.Mode.NEAREST, Resize.Coordinates.ASYMMETRIC, scales))
        .containsExactly(1, 1, 3, 3, 1, 1, 3, 3);
  }

  /** 1 / 49 · 49 is less than 1. */
  @Test
  void leavesAnAxisAloneThatIsCutNowhere() {
    Tensor x = TestTensors.random(Fresh.random(), 50, 2);
    Interpolation floor =
        new Interpolation(
            Interpolation.Mode.NEAREST, Interpolation.Rounding.FLOOR, -0.75f, false, false);
    Tensor scales = Tensor.of(Shape.of(2), 1, 1);
    Tensor whole = Tensor.of(Shape.of(4), 0, 0, 1, 1);
    Resize resize = new Resize(floor, Resize.Coordinates.CROP, Resize.Policy.STRETCH, List.of(), 9);
    assertThat(resize.evaluate(List.of(x, scales, whole)).get(0).toFloatArray())
        .isEqualTo(x.toFloatArray());
  }

  /** Starts of pixels lie half of one after what half pixels says. */
  @Test
  void tensorFlowsNearestReadsFromTheStartsOfPixels() {
    Tensor sizes = Tensor.ofLongs(Shape.of(2), 2, 3);
    assertThat(resize(Interpolation.Mode.NEAREST, Resize.Coordinates.TF_HALF_PIXEL_FOR_NN, sizes))
        .containsExactly(1, 3, 3, 1, 3, 3);
    assertThat(resize(Interpolation.Mode.NEAREST, Resize.Coordinates.HALF_PIXEL, sizes))
        .containsExactly(1, 1, 3, 1, 1, 3);
  }

  @Test
  void interpolatesBetweenPixelCentresOrCorners() {
    Tensor sizes = Tensor.ofLongs(Shape.of(2), 1, 4);
    assertThat(resize(Interpolation.Mode.LINEAR, Resize.Coordinates.HALF_PIXEL, sizes))
        .containsExactly(1, 1.5f, 2.5f, 3);
    Tensor three = Tensor.ofLongs(Shape.of(2), 1, 3);
    assertThat(resize(Interpolation.Mode.LINEAR, Resize.Coordinates.ALIGN_CORNERS, three))
        .containsExactly(1, 2, 3);
  }

  @Test
  void cubicKeepsWhatItPassesThrough() {
    Tensor three = Tensor.ofLongs(Shape.of(2), 1, 3);
    assertThat(resize(Interpolation.Mode.CUBIC, Resize.Coordinates.ALIGN_CORNERS, three))
        .containsExactly(1, 2, 3);
  }

  @Test
  void refusesScalesForAnotherRank() {
    Tensor scale = Tensor.of(Shape.of(1), 2);
    assertThatThrownBy(
            () -> resize(Interpolation.Mode.LINEAR, Resize.Coordinates.HALF_PIXEL, scale))
        .hasMessageContaining("for 2 axes");
  }
}
