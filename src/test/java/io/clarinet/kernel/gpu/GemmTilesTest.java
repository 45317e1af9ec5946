package io.clarinet.kernel.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.kernel.Microarchitecture;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tiles of matrix products against the smallest devices, and what {@code gemm_tile.clh} asks. */
class GemmTilesTest {

  private static boolean fitsAnyDevice(GemmTile tile) {
    return tile.lanes() <= 64 && tile.localBytes() <= 16 << 10;
  }

  @ParameterizedTest
  @EnumSource
  void someTileOfEachArchitectureFitsAnyDevice(Microarchitecture architecture) {
    assertThat(GemmTiles.of(architecture)).anyMatch(GemmTilesTest::fitsAnyDevice);
    assertThat(GemmTiles.all()).containsAll(GemmTiles.of(architecture));
  }

  @Test
  void somePlainTileFitsAnyDevice() {
    assertThat(GemmTiles.ofPlain()).anyMatch(GemmTilesTest::fitsAnyDevice);
  }

  @Test
  void namesTellTilesApart() {
    List<GemmTile> all =
        Stream.concat(GemmTiles.all().stream(), GemmTiles.ofPlain().stream()).distinct().toList();
    assertThat(all.stream().map(tile -> tile.of("kernel"))).doesNotHaveDuplicates();
  }

  @Test
  void lanesShareOutSlabsEvenly() {
    for (GemmTile tile : GemmTiles.all()) {
      if (tile.local()) {
        assertThat(tile.rows() * tile.terms() / 4 % tile.lanes()).as(tile.of("")).isZero();
        assertThat(tile.columns() * tile.terms() / 4 % tile.lanes()).as(tile.of("")).isZero();
      }
    }
  }

  @Test
  void noRunOfASumExceedsWhatRoundingAllows() {
    for (GemmTile tile : GemmTiles.all()) {
      assertThat(tile.runSlabs() * tile.terms() / tile.shares()).as(tile.of("")).isBetween(64, 512);
    }
  }
}
