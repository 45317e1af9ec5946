package io.clarinet.kernel.jvm;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The elementary loops in plain Java. */
record PlainLanes(int block) implements Lanes {
  private static final ThreadLocal<double[]> SUMS = ThreadLocal.withInitial(() -> new double[16]);

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
    if (residual == null) {
      for (int i = 0; i < count; i++) {
        y[to + i] = clamp(x[at + i], lo, hi);
      }
    } else {
      for (int i = 0; i < count; i++) {
        y[to + i] = clamp(x[at + i] + residual[residualAt + i], lo, hi);
      }
    }
  }

  static float clamp(float v, float lo, float hi) {
    return v < lo ? lo : v > hi ? hi : v;
  }

  @Override
  public void max(
      float[] x, int at, int terms, int step, int windows, int next, float[] y, int to) {
    for (int w = 0; w < windows; w++) {
      int yAt = to + w * block;
      copy(x, at + w * next, y, yAt);
      for (int k = 1; k < terms; k++) {
        int from = at + w * next + k * step;
        for (int i = 0; i < block; i++) {
          y[yAt + i] = Math.max(y[yAt + i], x[from + i]);
        }
      }
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
    for (int w = 0; w < windows; w++) {
      if (terms > RUN) {
        longSum(x, at + w * next, terms, step, scale, y, to + w * block);
      } else {
        sum(x, at + w * next, terms, step, scale, y, to + w * block);
      }
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

  @Override
  public void square(float[] x, int at, float[] y, int to) {
    for (int i = 0; i < block; i++) {
      y[to + i] = x[at + i] * x[at + i];
    }
  }

  @Override
  public void normalise(
      float[] x,
      int at,
      float[] squares,
      int window,
      int size,
      float alpha,
      float bias,
      float beta,
      float[] y,
      int to) {
    for (int i = 0; i < block; i++) {
      double sum = 0;
      for (int k = 0; k < size; k++) {
        sum += squares[window + i + k];
      }
      y[to + i] = (float) (x[at + i] / Math.pow(bias + alpha * sum, beta));
    }
  }
}
