package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class AffineGridTest {
  private static final Tensor STAYS = Tensor.of(Shape.of(1, 2, 3), 1, 0, 0, 0, 1, 0);

  private static float[] grid(boolean align, Tensor maps, long... size) {
    Tensor extents = Tensor.ofLongs(Shape.of(size.length), size);
    return new AffineGrid(align).evaluate(List.of(maps, extents)).get(0).toFloatArray();
  }

  @Test
  void theMapThatKeepsEverythingGivesThePixelsOwnPlaces() {
    assertThat(grid(false, STAYS, 1, 3, 1, 2)).containsExactly(-0.5f, 0, 0.5f, 0);
    assertThat(grid(true, STAYS, 1, 3, 2, 1)).containsExactly(0, -1, 0, 1);
  }

  @Test
  void aMapTurnsStretchesAndShifts() {
    Tensor map = Tensor.of(Shape.of(1, 2, 3), 0, 2, 0.25f, 1, 0, -1);
    assertThat(grid(true, map, 1, 1, 2, 2))
        .containsExactly(-1.75f, -2, -1.75f, 0, 2.25f, -2, 2.25f, 0);
  }

  @Test
  void refusesOtherMapsAndSizes() {
    Fact size = Fact.of(Tensor.ofLongs(Shape.of(5), 1, 1, 2, 2, 2));
    AffineGrid op = new AffineGrid(false);
    assertThatThrownBy(() -> op.infer(List.of(Fact.of(STAYS), size)))
        .hasMessageContaining("for maps of 2 axes");
    assertThatThrownBy(() -> op.infer(List.of(Fact.of(Shape.of(1, 2, 2)), size)))
        .hasMessageContaining("maps are 1x2x2");
  }
}
