package io.clarinet.kernel.jvm;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

final class VectorTile1x4 implements RegisterTile {
  private static final VectorSpecies<Float> S = Specialised.species(MethodHandles.lookup());
  private static final Class<FloatVector> V = Specialised.type(S);
  private static final int C = S.length();

  @Override
  public int pixels() {
    return 1;
  }

  @Override
  public int blocks() {
    return 4;
  }

  @Override
  public int block() {
    return C;
  }

  @Override
  public void multiply(
      float[] x,
      int xAt,
      int xStep,
      int xPixel,
      int run,
      float[] w,
      int wAt,
      int steps,
      float[] from,
      int fromAt,
      int fromPixel,
      int fromBlock,
      float[] y,
      int yAt,
      int yBlock) {
    FloatVector zero = FloatVector.zero(S);
    FloatVector a0 = zero;
    FloatVector a1 = zero;
    FloatVector a2 = zero;
    FloatVector a3 = zero;
    int wNext = wAt;
    for (int step = 0; step < steps; step++) {
      int at = xAt + step * xStep;
      int c = 0;
      do {
        FloatVector factor = V.cast(FloatVector.broadcast(S, x[at + c]));
        a0 = factor.fma(FloatVector.fromArray(S, w, wNext), a0);
        a1 = factor.fma(FloatVector.fromArray(S, w, wNext + C), a1);
        a2 = factor.fma(FloatVector.fromArray(S, w, wNext + 2 * C), a2);
        a3 = factor.fma(FloatVector.fromArray(S, w, wNext + 3 * C), a3);
        wNext += 4 * C;
      } while (++c < C);
    }
    V.cast(V.cast(FloatVector.fromArray(S, from, fromAt)).add(a0)).intoArray(y, yAt);
    V.cast(V.cast(FloatVector.fromArray(S, from, fromAt + fromBlock)).add(a1))
        .intoArray(y, yAt + yBlock);
    V.cast(V.cast(FloatVector.fromArray(S, from, fromAt + 2 * fromBlock)).add(a2))
        .intoArray(y, yAt + 2 * yBlock);
    V.cast(V.cast(FloatVector.fromArray(S, from, fromAt + 3 * fromBlock)).add(a3))
        .intoArray(y, yAt + 3 * yBlock);
  }
}
