package io.clarinet.kernel.jvm;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/** The transforms of F(4×4, 3×3) by the Vector API. Used through {@link Specialised}. */
final class VectorWinograd4x4 implements WinogradTransform {
  private static final VectorSpecies<Float> S = Specialised.species(MethodHandles.lookup());
  private static final Class<FloatVector> V = Specialised.type(S);
  private static final int C = S.length();
  private static final int M = 4;
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
    FloatVector d4 = load(x, at + 4 * step);
    FloatVector d5 = load(x, at + 5 * step);
    FloatVector e1 = d2.fma(FloatVector.broadcast(S, -2.25f), d4);
    FloatVector o1 = d1.fma(FloatVector.broadcast(S, -2.25f), d3);
    FloatVector e2 = d2.fma(FloatVector.broadcast(S, -0.390625f), d4);
    FloatVector o2 = d1.fma(FloatVector.broadcast(S, -0.390625f), d3);
    d0.fma(FloatVector.broadcast(S, 0.87890625f), d2.fma(FloatVector.broadcast(S, -2.640625f), d4))
        .intoArray(y, to);
    o1.fma(FloatVector.broadcast(S, 0.625f), e1).intoArray(y, to + toStep);
    o1.fma(FloatVector.broadcast(S, -0.625f), e1).intoArray(y, to + 2 * toStep);
    o2.fma(FloatVector.broadcast(S, 1.5f), e2).intoArray(y, to + 3 * toStep);
    o2.fma(FloatVector.broadcast(S, -1.5f), e2).intoArray(y, to + 4 * toStep);
    d1.fma(FloatVector.broadcast(S, 0.87890625f), d3.fma(FloatVector.broadcast(S, -2.640625f), d5))
        .intoArray(y, to + 5 * toStep);
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
    FloatVector p0 = load(p, at);
    FloatVector p1 = load(p, at + step);
    FloatVector p2 = load(p, at + 2 * step);
    FloatVector p3 = load(p, at + 3 * step);
    FloatVector p4 = load(p, at + 4 * step);
    FloatVector p5 = load(p, at + 5 * step);
    FloatVector s1 = V.cast(p1.add(p2));
    FloatVector d1 = V.cast(p1.sub(p2));
    FloatVector s2 = V.cast(p3.add(p4));
    FloatVector d2 = V.cast(p3.sub(p4));
    V.cast(p0.add(s1).add(s2)).intoArray(y, to);
    V.cast(d2.fma(FloatVector.broadcast(S, 1.5f), d1.mul(0.625f))).intoArray(y, to + N * C);
    V.cast(s2.fma(FloatVector.broadcast(S, 2.25f), s1.mul(0.390625f))).intoArray(y, to + 2 * N * C);
    FloatVector low = d1.fma(FloatVector.broadcast(S, 0.625f * 0.390625f), p5);
    V.cast(d2.fma(FloatVector.broadcast(S, 3.375f), low)).intoArray(y, to + 3 * N * C);
  }

  /** A^T along one row, and the bias. */
  private static void outputRow(float[] p, int at, float[] bias, int biasAt, float[] y, int to) {
    FloatVector b = load(bias, biasAt);
    FloatVector p0 = V.cast(load(p, at).add(b));
    FloatVector p1 = load(p, at + C);
    FloatVector p2 = load(p, at + 2 * C);
    FloatVector p3 = load(p, at + 3 * C);
    FloatVector p4 = load(p, at + 4 * C);
    FloatVector p5 = V.cast(load(p, at + 5 * C).add(b));
    FloatVector s1 = V.cast(p1.add(p2));
    FloatVector d1 = V.cast(p1.sub(p2));
    FloatVector s2 = V.cast(p3.add(p4));
    FloatVector d2 = V.cast(p3.sub(p4));
    FloatVector q0 = V.cast(p0.add(s1).add(s2));
    FloatVector q1 = V.cast(d2.fma(FloatVector.broadcast(S, 1.5f), d1.mul(0.625f)).add(b));
    FloatVector q2 = V.cast(s2.fma(FloatVector.broadcast(S, 2.25f), s1.mul(0.390625f)).add(b));
    FloatVector low = d1.fma(FloatVector.broadcast(S, 0.625f * 0.390625f), p5);
    FloatVector q3 = V.cast(d2.fma(FloatVector.broadcast(S, 3.375f), low));
    q0.intoArray(y, to);
    q1.intoArray(y, to + C);
    q2.intoArray(y, to + 2 * C);
    q3.intoArray(y, to + 3 * C);
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
