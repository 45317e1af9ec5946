package io.clarinet.kernel.jvm;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * The elementary loops by the Vector API, a block a vector. Used through {@link Specialised}. Loops
 * that gather into a vector run at least once: the compiler of JDK 17 keeps the vector in a
 * register only if it knows that.
 */
final class VectorLanes implements Lanes {
  private static final VectorSpecies<Float> S = Specialised.species(MethodHandles.lookup());
  private static final Class<FloatVector> V = Specialised.type(S);

  /** For groups of n lanes, which all take element i of their own: at n + i. */
  private static final List<VectorShuffle<Float>> SPREAD = spreads();

  /** By a loop, since no lambda of a hidden class finds its way back. */
  private static List<VectorShuffle<Float>> spreads() {
    List<VectorShuffle<Float>> spreads = new ArrayList<>();
    for (int i = 0; i < 2 * S.length(); i++) {
      int size = Math.max(1, Integer.highestOneBit(i));
      int[] lanes = new int[S.length()];
      for (int lane = 0; lane < lanes.length; lane++) {
        lanes[lane] = lane / size * size + i % size;
      }
      spreads.add(VectorShuffle.fromArray(S, lanes, 0));
    }
    return spreads;
  }

  @Override
  public int block() {
    return S.length();
  }

  private static FloatVector load(float[] x, int at) {
    return V.cast(FloatVector.fromArray(S, x, at));
  }

  @Override
  public void copy(float[] x, int at, float[] y, int to) {
    load(x, at).intoArray(y, to);
  }

  @Override
  public void zero(float[] y, int to) {
    V.cast(FloatVector.zero(S)).intoArray(y, to);
  }

  @Override
  public void spread(float[] x, int at, int pixels, int size, float[] y, int to) {
    for (int i = 0; i < size; i++) {
      spread(x, at, pixels, SPREAD.get(size + i), y, to + i * S.length(), size * S.length());
    }
  }

  private static void spread(
      float[] x, int at, int pixels, VectorShuffle<Float> lanes, float[] y, int to, int step) {
    int p = 0;
    do {
      load(x, at + p * S.length()).rearrange(lanes).intoArray(y, to + p * step);
    } while (++p < pixels);
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
    int whole = S.loopBound(count);
    if (residual == null) {
      clamp(x, at, y, to, whole, lo, hi);
    } else {
      addClamp(x, at, residual, residualAt, y, to, whole, lo, hi);
    }
    for (int i = whole; i < count; i++) {
      float v = residual == null ? x[at + i] : x[at + i] + residual[residualAt + i];
      y[to + i] = PlainLanes.clamp(v, lo, hi);
    }
  }

  private static void clamp(float[] x, int at, float[] y, int to, int count, float lo, float hi) {
    for (int i = 0; i < count; i += S.length()) {
      load(x, at + i).max(lo).min(hi).intoArray(y, to + i);
    }
  }

  private static void addClamp(
      float[] a, int aAt, float[] b, int bAt, float[] y, int to, int count, float lo, float hi) {
    for (int i = 0; i < count; i += S.length()) {
      FloatVector sum = load(a, aAt + i).add(load(b, bAt + i));
      sum.max(lo).min(hi).intoArray(y, to + i);
    }
  }

  @Override
  public void max(
      float[] x, int at, int terms, int step, int windows, int next, float[] y, int to) {
    for (int w = 0; w < windows; w++) {
      int from = at + w * next;
      FloatVector max = load(x, from);
      int k = 0;
      do {
        max = load(x, from + k * step).max(max);
      } while (++k < terms);
      V.cast(max).intoArray(y, to + w * S.length());
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
        longSum(x, at + w * next, terms, step, scale, y, to + w * S.length());
      } else {
        sum(x, at + w * next, terms, step, scale, y, to + w * S.length());
      }
    }
  }

  private static void sum(float[] x, int at, int terms, int step, float scale, float[] y, int to) {
    FloatVector sum = FloatVector.zero(S);
    int k = 0;
    do {
      sum = load(x, at + k * step).add(sum);
    } while (++k < terms);
    V.cast(sum).mul(scale).intoArray(y, to);
  }

  /** Runs whose sums are added with what the addition rounds off. */
  private static void longSum(
      float[] x, int at, int terms, int step, float scale, float[] y, int to) {
    FloatVector sum = FloatVector.zero(S);
    FloatVector rest = FloatVector.zero(S);
    int k = 0;
    do {
      int end = Math.min(terms, k + RUN);
      FloatVector run = FloatVector.zero(S);
      do {
        run = load(x, at + k * step).add(run);
      } while (++k < end);
      FloatVector next = V.cast(sum).add(run);
      rest = lost(sum, run, next).add(rest);
      sum = next;
    } while (k < terms);
    total(sum, rest).mul(scale).intoArray(y, to);
  }

  /** What {@code sum + run = next} rounds off (Knuth's TwoSum); NaN where the sum is infinite. */
  private static FloatVector lost(FloatVector sum, FloatVector run, FloatVector next) {
    FloatVector added = next.sub(sum);
    return V.cast(sum).sub(next.sub(added)).add(V.cast(run).sub(added));
  }

  private static FloatVector total(FloatVector sum, FloatVector rest) {
    return V.cast(V.cast(sum).add(rest, V.cast(rest).compare(VectorOperators.EQ, rest)));
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
      int yAt = to + i * S.length();
      if (rows * columns > RUN) {
        longDot(x, xAt, rows, rowStep, columns, step, w, wAt, wRowStep, start, startAt, y, yAt);
      } else {
        dot(x, xAt, rows, rowStep, columns, step, w, wAt, wRowStep, start, startAt, y, yAt);
      }
    }
  }

  private static void dot(
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
    FloatVector sum = load(start, startAt);
    int r = 0;
    do {
      int from = at + r * rowStep;
      int factors = wAt + r * wRowStep;
      int c = 0;
      do {
        FloatVector factor = load(w, factors + c * S.length());
        sum = load(x, from + c * step).fma(factor, sum);
      } while (++c < columns);
    } while (++r < rows);
    V.cast(sum).intoArray(y, to);
  }

  private static void longDot(
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
    FloatVector sum = load(start, startAt);
    FloatVector rest = FloatVector.zero(S);
    int r = 0;
    do {
      int from = at + r * rowStep;
      int factors = wAt + r * wRowStep;
      int c = 0;
      do {
        int end = Math.min(columns, c + RUN);
        FloatVector run = FloatVector.zero(S);
        do {
          FloatVector factor = load(w, factors + c * S.length());
          run = load(x, from + c * step).fma(factor, run);
        } while (++c < end);
        FloatVector next = V.cast(sum).add(run);
        rest = lost(sum, run, next).add(rest);
        sum = next;
      } while (c < columns);
    } while (++r < rows);
    total(sum, rest).intoArray(y, to);
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
    FloatVector factor = load(scale, scaleAt);
    FloatVector offset = load(shift, shiftAt);
    for (int i = 0; i < pixels * S.length(); i += S.length()) {
      FloatVector v = load(x, at + i).fma(factor, offset);
      v.max(lo).min(hi).intoArray(y, to + i);
    }
  }
}
