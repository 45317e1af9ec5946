package io.clarinet.kernel.jvm;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/** The transforms of F(2×2, 3×3) by the Vector API. Used through {@link Specialised}. */
final class VectorWinograd2x2 implements WinogradTransform {
  private static final VectorSpecies<Float> S = Specialised.species(MethodHandles.lookup());
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
    FloatVector d0 = FloatVector.fromArray(S, x, at);
    FloatVector d1 = FloatVector.fromArray(S, x, at + step);
    FloatVector d2 = FloatVector.fromArray(S, x, at + 2 * step);
    FloatVector d3 = FloatVector.fromArray(S, x, at + 3 * step);
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
      outputRow(
          aside,
          asideAt + i * N * C,
          bias,
          biasAt,
          residual,
          residualAt + i * rowStep,
          y,
          to + i * rowStep,
          lo,
          hi);
    }
  }

  /** A^T along one line of products, into a column of rows of N. */
  private static void outputLine(float[] p, int at, int step, float[] y, int to) {
    FloatVector p1 = FloatVector.fromArray(S, p, at + step);
    FloatVector p2 = FloatVector.fromArray(S, p, at + 2 * step);
    FloatVector.fromArray(S, p, at).add(p1).add(p2).intoArray(y, to);
    p1.sub(p2).add(FloatVector.fromArray(S, p, at + 3 * step)).intoArray(y, to + N * C);
  }

  private static void outputRow(
      float[] p,
      int at,
      float[] bias,
      int biasAt,
      float @Nullable [] residual,
      int residualAt,
      float[] y,
      int to,
      float lo,
      float hi) {
    FloatVector b = FloatVector.fromArray(S, bias, biasAt);
    FloatVector p1 = FloatVector.fromArray(S, p, at + C);
    FloatVector p2 = FloatVector.fromArray(S, p, at + 2 * C);
    FloatVector q0 = FloatVector.fromArray(S, p, at).add(p1).add(p2).add(b);
    FloatVector q1 = p1.sub(p2).add(FloatVector.fromArray(S, p, at + 3 * C)).add(b);
    if (residual == null) {
      q0.max(lo).min(hi).intoArray(y, to);
      q1.max(lo).min(hi).intoArray(y, to + C);
    } else {
      q0.add(FloatVector.fromArray(S, residual, residualAt)).max(lo).min(hi).intoArray(y, to);
      q1.add(FloatVector.fromArray(S, residual, residualAt + C))
          .max(lo)
          .min(hi)
          .intoArray(y, to + C);
    }
  }
}
