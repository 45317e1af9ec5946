package io.clarinet.kernel.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ExponentialTest {
  private static final int FLOATS = 2001;

  private static double power(float[] x, int i, float most) {
    return Math.exp((double) x[1 + i] - most);
  }

  private static void check(Activations activations, int count, float most) {
    float[] x = new float[FLOATS + 1];
    float[] y = new float[FLOATS + 3];
    for (int i = 0; i < count; i++) {
      x[1 + i] = most - 87f * (i * 7 % FLOATS) / FLOATS;
    }
    activations.exponentials(x, 1, count, most, y, 2);
    for (int i = 0; i < count; i++) {
      assertThat((double) y[2 + i]).isCloseTo(power(x, i, most), within(6e-6 * power(x, i, most)));
    }
    assertThat(y[1]).isZero();
    assertThat(y[2 + count]).isZero();
  }

  @Test
  void rowsOfEveryLength() {
    int block = InnerLoops.preferredBlock();
    for (int count : new int[] {1, 3, block, 3 * block + 5, FLOATS}) {
      check(InnerLoops.plain(block).activations(), count, 3);
      check(InnerLoops.best(block).activations(), count, -5);
    }
  }

  @Test
  void theEnds() {
    assertThat(Exponential.of(0)).isEqualTo(1);
    assertThat(Exponential.of(-88)).isZero();
    assertThat(Exponential.of(Float.NEGATIVE_INFINITY)).isZero();
    assertThat(Exponential.of(89)).isInfinite();
    assertThat(Exponential.of(Float.NaN)).isNaN();
  }
}
