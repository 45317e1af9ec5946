package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Regions of a ramp of 4 × 4 pixels, 0 to 15, by hand. */
class RegionsTest {
  private static final Tensor RAMP =
      Tensor.of(Shape.of(1, 1, 4, 4), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);

  private static float[] aligned(RoiAlign op, float... region) {
    Tensor regions = Tensor.of(Shape.of(1, 4), region);
    Tensor images = Tensor.ofLongs(Shape.of(1), 0);
    return op.evaluate(List.of(RAMP, regions, images)).get(0).toFloatArray();
  }

  @Test
  void aRegionOfWholePixelsIsTheirMean() {
    RoiAlign half = new RoiAlign(false, true, 2, 2, 2, 1);
    assertThat(aligned(half, 0, 0, 4, 4)).containsExactly(2.5f, 4.5f, 10.5f, 12.5f);
    RoiAlign own = new RoiAlign(false, true, 2, 2, 0, 0.5f);
    assertThat(aligned(own, 0, 0, 8, 8)).containsExactly(2.5f, 4.5f, 10.5f, 12.5f);
  }

  @Test
  void beforeHalfPixelsARegionHasAtLeastAPixel() {
    RoiAlign whole = new RoiAlign(false, false, 1, 1, 1, 1);
    assertThat(aligned(whole, 1, 1, 1, 1)).containsExactly(7.5f);
    assertThat(aligned(new RoiAlign(false, true, 1, 1, 0, 1), 1, 1, 1, 1)).containsExactly(0);
  }

  @Test
  void theLargestIsOfSharesAsInOnnx() {
    assertThat(aligned(new RoiAlign(true, false, 1, 1, 1, 1), 1, 1, 2, 2)).containsExactly(2.5f);
  }

  @Test
  void farOutsideIsZero() {
    RoiAlign op = new RoiAlign(false, true, 1, 1, 1, 1);
    assertThat(aligned(op, 9, 9, 12, 12)).containsExactly(0);
    assertThat(aligned(op, 4, 4, 5, 5)).containsExactly(15);
  }

  @Test
  void refusesAnImageThatIsNotThere() {
    Tensor regions = Tensor.of(Shape.of(1, 4), 0, 0, 1, 1);
    Tensor images = Tensor.ofLongs(Shape.of(1), 1);
    RoiAlign op = new RoiAlign(false, true, 1, 1, 1, 1);
    assertThatThrownBy(() -> op.evaluate(List.of(RAMP, regions, images)))
        .hasMessage("image 1 is outside of 1");
    Fact two = Fact.of(Tensor.ofLongs(Shape.of(2), 0, 0));
    assertThatThrownBy(() -> op.infer(List.of(Fact.of(RAMP), Fact.of(regions), two)))
        .hasMessageContaining("does not number 1 images");
  }

  private static float[] pooled(MaxRoiPool op, float... region) {
    Tensor regions = Tensor.of(Shape.of(1, 5), region);
    return op.evaluate(List.of(RAMP, regions)).get(0).toFloatArray();
  }

  @Test
  void cellsOfAPoolingHoldWholePixels() {
    assertThat(pooled(new MaxRoiPool(2, 2, 1), 0, 0, 0, 3, 3)).containsExactly(5, 7, 13, 15);
    assertThat(pooled(new MaxRoiPool(2, 2, 1), 0, 0, 0, 2, 2)).containsExactly(5, 6, 9, 10);
    assertThat(pooled(new MaxRoiPool(1, 1, 0.5f), 0, 1, 1, 1, 1)).containsExactly(5);
    assertThat(pooled(new MaxRoiPool(1, 2, 1), 0, 3, 0, 5, 0)).containsExactly(3, 0);
  }
}
