package io.clarinet.kernel.jvm;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/** The transforms of F(2×2, 3×3) by the Vector API. Used through {@link Specialised}. */
final class VectorWinograd2x2 implements WinogradTransform {
  private static final VectorSpecies<Float> S = Specialised.species(MethodHandles.lookup());
  private static final Class<FloatVector> V = Specialised.type(S);
  private static final int C = S.length();
  private static final int M = 2;
  private static final int N = M + 2;

  @Override
  public void input(
      float[] x,
      int at,
      int rowStep,
      float[] aside,
      int asideAt,
      float[] v,
      int to,
      int pointStep) {
    for (int i = 0; i < N; i++) {
      inputLine(x, at + i * rowStep, C, aside, asideAt + i * N * C, C);
    }
    for (int j = 0; j < N; j++) {
      inputLine(aside, asideAt + j * C, N * C, v, to + j * pointStep, N * pointStep);
    }
  }

  /** B^T along one line, see {@code opencl/include/winograd_points.clh}. */
  private static void inputLine(float[] x, int at, int step, float[] y, int to, int toStep) {
    FloatVector d0 = load(x, at);
    FloatVector d1 = load(x, at + step);
    FloatVector d2 = load(x, at + 2 * step);
    FloatVector d3 = load(x, at + 3 * step);
    d2.sub(d0).intoArray(y, to);
    d1.add(d2).intoArray(y, to + toStep);
    d2.sub(d1).intoArray(y, to + 2 * toStep);
    d3.sub(d1).intoArray(y, to + 3 * toStep);
  }

  @Override
  public void output(
      float[] p,
      int at,
      int pointStep,
      float[] aside,
      int asideAt,
      float[] bias,
      int biasAt,
      float @Nullable [] residual,
      int residualAt,
      float[] y,
      int to,
      int rowStep,
      float lo,
      float hi) {
    for (int j = 0; j < N; j++) {
      outputLine(p, at + j * pointStep, N * pointStep, aside, asideAt + j * C);
    }
    for (int i = 0; i < M; i++) {
      int row = to + i * rowStep;
      outputRow(aside, asideAt + i * N * C, bias, biasAt, y, row);
      if (residual == null) {
        clamp(y, row, lo, hi);
      } else {
        addClamp(residual, residualAt + i * rowStep, y, row, lo, hi);
      }
    }
  }

  /** A^T along one line of products, into a column of rows of N. */
  private static void outputLine(float[] p, int at, int step, float[] y, int to) {
    FloatVector p1 = load(p, at + step);
    FloatVector p2 = load(p, at + 2 * step);
    load(p, at).add(p1).add(p2).intoArray(y, to);
    p1.sub(p2).add(load(p, at + 3 * step)).intoArray(y, to + N * C);
  }

  /** A^T along one row, and the bias. */
  private static void outputRow(float[] p, int at, float[] bias, int biasAt, float[] y, int to) {
    FloatVector b = load(bias, biasAt);
    FloatVector p1 = load(p, at + C);
    FloatVector p2 = load(p, at + 2 * C);
    FloatVector q0 = load(p, at).add(p1).add(p2).add(b);
    FloatVector q1 = p1.sub(p2).add(load(p, at + 3 * C)).add(b);
    q0.intoArray(y, to);
    q1.intoArray(y, to + C);
  }

  private static void clamp(float[] y, int to, float lo, float hi) {
    for (int j = 0; j < M; j++) {
      load(y, to + j * C).max(lo).min(hi).intoArray(y, to + j * C);
    }
  }

  private static void addClamp(float[] residual, int at, float[] y, int to, float lo, float hi) {
    for (int j = 0; j < M; j++) {
      FloatVector sum = load(y, to + j * C).add(load(residual, at + j * C));
      sum.max(lo).min(hi).intoArray(y, to + j * C);
    }
  }

  private static FloatVector load(float[] x, int at) {
    return V.cast(FloatVector.fromArray(S, x, at));
  }
}
