package io.clarinet.kernel.jvm;

import io.clarinet.kernel.Own;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The elementary loops in plain Java. */
record PlainLanes(int block) implements Lanes {
  /**
   * Arrays of a thread's own, copied to and from: loops whose arrays share one index are vector
   * code.
   */
  private static final Own<float[][]> NEAR = new Own<>(() -> new float[2][1024]);

  private static final Own<double[]> SUMS = new Own<>(() -> new double[16]);

  @Override
  public void copy(float[] x, int at, float[] y, int to) {
    System.arraycopy(x, at, y, to, block);
  }

  @Override
  public void zero(float[] y, int to) {
    for (int i = 0; i < block; i++) {
      y[to + i] = 0;
    }
  }

  @Override
  public void spread(float[] x, int at, int pixels, int size, float[] y, int to) {
    for (int p = 0; p < pixels; p++) {
      for (int i = 0; i < size; i++) {
        int term = to + (p * size + i) * block;
        for (int lane = 0; lane < block; lane++) {
          y[term + lane] = x[at + p * block + lane / size * size + i];
        }
      }
    }
  }

  @Override
  public void finish(
      float[] x,
      int at,
      float @Nullable [] residual,
      int residualAt,
      float[] y,
      int to,
      int count,
      float lo,
      float hi) {
    float[][] own = NEAR.get();
    for (int done = 0; done < count; done += own[0].length) {
      int next = Math.min(count - done, own[0].length);
      System.arraycopy(x, at + done, own[0], 0, next);
      if (residual != null) {
        System.arraycopy(residual, residualAt + done, own[1], 0, next);
        add(own[0], own[1], next);
      }
      clamp(own[0], next, lo, hi);
      System.arraycopy(own[0], 0, y, to + done, next);
    }
  }

  private static void add(float[] y, float[] x, int count) {
    for (int i = 0; i < count; i++) {
      y[i] += x[i];
    }
  }

  static void clamp(float[] y, int count, float lo, float hi) {
    for (int i = 0; i < count; i++) {
      y[i] = clamp(y[i], lo, hi);
    }
  }

  static float clamp(float v, float lo, float hi) {
    return Math.max(lo, Math.min(v, hi));
  }

  @Override
  public void max(
      float[] x, int at, int terms, int step, int windows, int next, float[] y, int to) {
    float[][] own = NEAR.get();
    int most = own[0].length / block;
    for (int w = 0; w < windows; w += most) {
      int count = Math.min(most, windows - w);
      gather(x, at + w * next, next, count, own[0]);
      for (int k = 1; k < terms; k++) {
        gather(x, at + w * next + k * step, next, count, own[1]);
        max(own[0], own[1], count * block);
      }
      System.arraycopy(own[0], 0, y, to + w * block, count * block);
    }
  }

  /** Copies some blocks behind each other. */
  private void gather(float[] x, int at, int next, int blocks, float[] y) {
    if (next == block) {
      System.arraycopy(x, at, y, 0, blocks * block);
    } else {
      for (int i = 0; i < blocks; i++) {
        System.arraycopy(x, at + i * next, y, i * block, block);
      }
    }
  }

  private static void max(float[] y, float[] x, int count) {
    for (int i = 0; i < count; i++) {
      y[i] = Math.max(y[i], x[i]);
    }
  }

  @Override
  public void sum(
      float[] x,
      int at,
      int terms,
      int step,
      int windows,
      int next,
      float scale,
      float[] y,
      int to) {
    if (terms > RUN) {
      for (int w = 0; w < windows; w++) {
        longSum(x, at + w * next, terms, step, scale, y, to + w * block);
      }
    } else if (windows == 1) {
      sum(x, at, terms, step, scale, y, to);
    } else {
      sums(x, at, terms, step, windows, next, scale, y, to);
    }
  }

  private void sums(
      float[] x,
      int at,
      int terms,
      int step,
      int windows,
      int next,
      float scale,
      float[] y,
      int to) {
    float[][] own = NEAR.get();
    int most = own[0].length / block;
    for (int w = 0; w < windows; w += most) {
      int count = Math.min(most, windows - w);
      Arrays.fill(own[0], 0, count * block, 0);
      for (int k = 0; k < terms; k++) {
        gather(x, at + w * next + k * step, next, count, own[1]);
        add(own[0], own[1], count * block);
      }
      scale(own[0], scale, count * block);
      System.arraycopy(own[0], 0, y, to + w * block, count * block);
    }
  }

  private static void scale(float[] y, float scale, int count) {
    for (int i = 0; i < count; i++) {
      y[i] *= scale;
    }
  }

  private void sum(float[] x, int at, int terms, int step, float scale, float[] y, int to) {
    zero(y, to);
    for (int k = 0; k < terms; k++) {
      int from = at + k * step;
      for (int i = 0; i < block; i++) {
        y[to + i] += x[from + i];
      }
    }
    for (int i = 0; i < block; i++) {
      y[to + i] *= scale;
    }
  }

  private void longSum(float[] x, int at, int terms, int step, float scale, float[] y, int to) {
    double[] sums = SUMS.get();
    Arrays.fill(sums, 0);
    for (int k = 0; k < terms; k++) {
      int from = at + k * step;
      for (int i = 0; i < block; i++) {
        sums[i] += x[from + i];
      }
    }
    for (int i = 0; i < block; i++) {
      y[to + i] = (float) (sums[i] * scale);
    }
  }

  @Override
  public void dot(
      float[] x,
      int at,
      int rows,
      int rowStep,
      int columns,
      int step,
      int windows,
      int next,
      float[] w,
      int wAt,
      int wRowStep,
      float[] start,
      int startAt,
      float[] y,
      int to) {
    for (int i = 0; i < windows; i++) {
      int xAt = at + i * next;
      int yAt = to + i * block;
      if (rows * columns > RUN) {
        longDot(x, xAt, rows, rowStep, columns, step, w, wAt, wRowStep, start, startAt, y, yAt);
      } else {
        dot(x, xAt, rows, rowStep, columns, step, w, wAt, wRowStep, start, startAt, y, yAt);
      }
    }
  }

  private void dot(
      float[] x,
      int at,
      int rows,
      int rowStep,
      int columns,
      int step,
      float[] w,
      int wAt,
      int wRowStep,
      float[] start,
      int startAt,
      float[] y,
      int to) {
    copy(start, startAt, y, to);
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        int from = at + r * rowStep + c * step;
        int factor = wAt + r * wRowStep + c * block;
        for (int i = 0; i < block; i++) {
          y[to + i] += x[from + i] * w[factor + i];
        }
      }
    }
  }

  private void longDot(
      float[] x,
      int at,
      int rows,
      int rowStep,
      int columns,
      int step,
      float[] w,
      int wAt,
      int wRowStep,
      float[] start,
      int startAt,
      float[] y,
      int to) {
    double[] sums = SUMS.get();
    Arrays.fill(sums, 0);
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        int from = at + r * rowStep + c * step;
        int factor = wAt + r * wRowStep + c * block;
        for (int i = 0; i < block; i++) {
          sums[i] += (double) x[from + i] * w[factor + i];
        }
      }
    }
    for (int i = 0; i < block; i++) {
      y[to + i] = (float) (start[startAt + i] + sums[i]);
    }
  }

  @Override
  public void scale(
      float[] x,
      int at,
      float[] scale,
      int scaleAt,
      float[] shift,
      int shiftAt,
      float[] y,
      int to,
      int pixels,
      float lo,
      float hi) {
    for (int p = 0; p < pixels * block; p += block) {
      for (int i = 0; i < block; i++) {
        float v = x[at + p + i] * scale[scaleAt + i] + shift[shiftAt + i];
        y[to + p + i] = clamp(v, lo, hi);
      }
    }
  }
}
