package io.clarinet.kernel.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FourTermsTest {
  private static final float[] FACTORS = {Float.NaN, 1, 2, 3, 5, Float.NaN, 7, 11, 13, 17};

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 49, 512})
  void bothSumsGetTheirOwnFactors(int n) {
    float[][] x = FourTerms.rows(6, n + 1);
    float[][] sums = FourTerms.rows(2, n + 1);
    for (float[] row : x) {
      Arrays.fill(row, Float.NaN);
    }
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < FourTerms.COUNT; k++) {
        x[1 + k][i] = (i % 7) + k;
      }
      sums[1][i] = i;
    }
    FourTerms.add(sums[0], sums[1], x, 1, FACTORS, 1, 6, n);
    for (int i = 0; i < n; i++) {
      int a = i % 7;
      assertThat(sums[0][i]).isCloseTo(11 * a + 2 + 6 + 15, within(1e-3f));
      assertThat(sums[1][i]).isCloseTo(i + 48 * a + 11 + 26 + 51, within(1e-3f));
    }
    assertThat(sums[0][n]).isZero();
    assertThat(sums[1][n]).isZero();
  }

  /** An odd number of cache lines with the sixteen bytes that stand before an array's elements. */
  @Test
  void rowsThatFollowEachOtherBeginAtOnePlaceOfALine() {
    for (int floats = 1; floats <= 600; floats++) {
      float[][] rows = FourTerms.rows(2, floats);
      assertThat(rows[1].length).isGreaterThanOrEqualTo(floats);
      assertThat((16 + 4 * rows[1].length) % 128).isEqualTo(64);
    }
  }
}
