package io.clarinet.kernel.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.Fresh;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Loops in plain Java over more floats than they copy aside at a time. */
class PlainLanesTest {
  private static final int BLOCK = 8;
  private static final int WINDOWS = 301;
  private final Random random = Fresh.random();
  private final Lanes lanes = new PlainLanes(BLOCK);

  private float[] random(int size) {
    float[] x = new float[size];
    for (int i = 0; i < size; i++) {
      x[i] = random.nextFloat() - 0.5f;
    }
    return x;
  }

  @Test
  void longRowsAreFinished() {
    float[] x = random(3000);
    float[] residual = random(3000);
    float[] y = new float[3000];
    lanes.finish(x, 5, residual, 9, y, 3, 2500, -0.25f, 0.5f);
    for (int i = 0; i < 2500; i++) {
      float sum = x[5 + i] + residual[9 + i];
      assertThat(y[3 + i]).isEqualTo(Math.max(-0.25f, Math.min(0.5f, sum)));
    }
    assertThat(y[2]).isZero();
    assertThat(y[2503]).isZero();
  }

  @Test
  void longRowsAreFinishedInPlace() {
    float[] x = random(2500);
    float[] y = x.clone();
    y[1700] = Float.NaN;
    lanes.finish(y, 0, null, 0, y, 0, 2500, 0, Float.POSITIVE_INFINITY);
    for (int i = 0; i < 2500; i++) {
      Float expected = i == 1700 ? Float.NaN : Math.max(0, x[i]);
      assertThat(y[i]).isEqualTo(expected);
    }
  }

  @Test
  void manyWindowsSideBySide() {
    manyWindows(BLOCK);
  }

  @Test
  void manyWindowsApart() {
    manyWindows(2 * BLOCK);
  }

  private void manyWindows(int next) {
    int step = 3 * BLOCK;
    float[] x = random(WINDOWS * next + 3 * step);
    float[] max = new float[WINDOWS * BLOCK];
    float[] sum = new float[WINDOWS * BLOCK];
    lanes.max(x, 0, 3, step, WINDOWS, next, max, 0);
    lanes.sum(x, 0, 3, step, WINDOWS, next, 0.5f, sum, 0);
    for (int w = 0; w < WINDOWS; w++) {
      for (int i = 0; i < BLOCK; i++) {
        int at = w * next + i;
        float largest = Math.max(x[at], Math.max(x[at + step], x[at + 2 * step]));
        assertThat(max[w * BLOCK + i]).isEqualTo(largest);
        float all = (x[at] + x[at + step] + x[at + 2 * step]) * 0.5f;
        assertThat(sum[w * BLOCK + i]).isEqualTo(all);
      }
    }
  }
}
