package io.clarinet.kernel.jvm;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

final class VectorTile6x1 implements RegisterTile {
  private static final VectorSpecies<Float> S = Specialised.species(MethodHandles.lookup());
  private static final Class<FloatVector> V = Specialised.type(S);
  private static final int C = S.length();
  private static final boolean STRIDED = Specialised.isStrided(MethodHandles.lookup());

  @Override
  public int blocks() {
    return 1;
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
    int f4 = f3 + fromPixel;
    int f5 = f4 + fromPixel;
    FloatVector zero = FloatVector.zero(S);
    FloatVector a00 = zero;
    FloatVector a10 = zero;
    FloatVector a20 = zero;
    FloatVector a30 = zero;
    FloatVector a40 = zero;
    FloatVector a50 = zero;
    int pixel = STRIDED ? xPixel : C;
    int end = STRIDED ? run : C;
    int wNext = wAt;
    for (int step = 0; step < steps; step++) {
      int x0At = xAt + step * xStep;
      int x1At = x0At + pixel;
      int x2At = x1At + pixel;
      int x3At = x2At + pixel;
      int x4At = x3At + pixel;
      int x5At = x4At + pixel;
      int c = 0;
      do {
        FloatVector w0 = FloatVector.fromArray(S, w, wNext);
        wNext += C;
        FloatVector x0 = V.cast(FloatVector.broadcast(S, x[x0At + c]));
        a00 = x0.fma(w0, a00);
        FloatVector x1 = V.cast(FloatVector.broadcast(S, x[x1At + c]));
        a10 = x1.fma(w0, a10);
        FloatVector x2 = V.cast(FloatVector.broadcast(S, x[x2At + c]));
        a20 = x2.fma(w0, a20);
        FloatVector x3 = V.cast(FloatVector.broadcast(S, x[x3At + c]));
        a30 = x3.fma(w0, a30);
        FloatVector x4 = V.cast(FloatVector.broadcast(S, x[x4At + c]));
        a40 = x4.fma(w0, a40);
        FloatVector x5 = V.cast(FloatVector.broadcast(S, x[x5At + c]));
        a50 = x5.fma(w0, a50);
      } while (++c < end);
    }
    V.cast(V.cast(FloatVector.fromArray(S, from, f0)).add(a00)).intoArray(y, yAt);
    V.cast(V.cast(FloatVector.fromArray(S, from, f1)).add(a10)).intoArray(y, yAt + C);
    V.cast(V.cast(FloatVector.fromArray(S, from, f2)).add(a20)).intoArray(y, yAt + 2 * C);
    V.cast(V.cast(FloatVector.fromArray(S, from, f3)).add(a30)).intoArray(y, yAt + 3 * C);
    V.cast(V.cast(FloatVector.fromArray(S, from, f4)).add(a40)).intoArray(y, yAt + 4 * C);
    V.cast(V.cast(FloatVector.fromArray(S, from, f5)).add(a50)).intoArray(y, yAt + 5 * C);
  }
}
