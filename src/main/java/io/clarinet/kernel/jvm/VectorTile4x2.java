package io.clarinet.kernel.jvm;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

final class VectorTile4x2 implements RegisterTile {
  private static final VectorSpecies<Float> S = Specialised.species(MethodHandles.lookup());
  private static final Class<FloatVector> V = Specialised.type(S);
  private static final int C = S.length();

  @Override
  public int pixels() {
    return 4;
  }

  @Override
  public int blocks() {
    return 2;
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
    int f0 = fromAt;
    int f1 = f0 + fromPixel;
    int f2 = f1 + fromPixel;
    int f3 = f2 + fromPixel;
    FloatVector zero = FloatVector.zero(S);
    FloatVector a00 = zero;
    FloatVector a01 = zero;
    FloatVector a10 = zero;
    FloatVector a11 = zero;
    FloatVector a20 = zero;
    FloatVector a21 = zero;
    FloatVector a30 = zero;
    FloatVector a31 = zero;
    int wNext = wAt;
    for (int step = 0; step < steps; step++) {
      int x0At = xAt + step * xStep;
      int x1At = x0At + C;
      int x2At = x1At + C;
      int x3At = x2At + C;
      int c = 0;
      do {
        FloatVector w0 = FloatVector.fromArray(S, w, wNext);
        FloatVector w1 = FloatVector.fromArray(S, w, wNext + C);
        wNext += 2 * C;
        FloatVector x0 = V.cast(FloatVector.broadcast(S, x[x0At + c]));
        a00 = x0.fma(w0, a00);
        a01 = x0.fma(w1, a01);
        FloatVector x1 = V.cast(FloatVector.broadcast(S, x[x1At + c]));
        a10 = x1.fma(w0, a10);
        a11 = x1.fma(w1, a11);
        FloatVector x2 = V.cast(FloatVector.broadcast(S, x[x2At + c]));
        a20 = x2.fma(w0, a20);
        a21 = x2.fma(w1, a21);
        FloatVector x3 = V.cast(FloatVector.broadcast(S, x[x3At + c]));
        a30 = x3.fma(w0, a30);
        a31 = x3.fma(w1, a31);
      } while (++c < C);
    }
    V.cast(V.cast(FloatVector.fromArray(S, from, f0)).add(a00)).intoArray(y, yAt);
    V.cast(V.cast(FloatVector.fromArray(S, from, f0 + fromBlock)).add(a01))
        .intoArray(y, yAt + yBlock);
    V.cast(V.cast(FloatVector.fromArray(S, from, f1)).add(a10)).intoArray(y, yAt + C);
    V.cast(V.cast(FloatVector.fromArray(S, from, f1 + fromBlock)).add(a11))
        .intoArray(y, yAt + yBlock + C);
    V.cast(V.cast(FloatVector.fromArray(S, from, f2)).add(a20)).intoArray(y, yAt + 2 * C);
    V.cast(V.cast(FloatVector.fromArray(S, from, f2 + fromBlock)).add(a21))
        .intoArray(y, yAt + yBlock + 2 * C);
    V.cast(V.cast(FloatVector.fromArray(S, from, f3)).add(a30)).intoArray(y, yAt + 3 * C);
    V.cast(V.cast(FloatVector.fromArray(S, from, f3 + fromBlock)).add(a31))
        .intoArray(y, yAt + yBlock + 3 * C);
  }
}
