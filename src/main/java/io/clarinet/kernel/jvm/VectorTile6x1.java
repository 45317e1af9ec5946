package io.clarinet.kernel.jvm;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

final class VectorTile6x1 implements RegisterTile {
  private static final VectorSpecies<Float> S = Specialised.species(MethodHandles.lookup());
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
    FloatVector a00 = FloatVector.zero(S);
    FloatVector a10 = FloatVector.zero(S);
    FloatVector a20 = FloatVector.zero(S);
    FloatVector a30 = FloatVector.zero(S);
    FloatVector a40 = FloatVector.zero(S);
    FloatVector a50 = FloatVector.zero(S);
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
        FloatVector x0 = FloatVector.broadcast(S, x[x0At + c]);
        a00 = x0.fma(w0, a00);
        FloatVector x1 = FloatVector.broadcast(S, x[x1At + c]);
        a10 = x1.fma(w0, a10);
        FloatVector x2 = FloatVector.broadcast(S, x[x2At + c]);
        a20 = x2.fma(w0, a20);
        FloatVector x3 = FloatVector.broadcast(S, x[x3At + c]);
        a30 = x3.fma(w0, a30);
        FloatVector x4 = FloatVector.broadcast(S, x[x4At + c]);
        a40 = x4.fma(w0, a40);
        FloatVector x5 = FloatVector.broadcast(S, x[x5At + c]);
        a50 = x5.fma(w0, a50);
      } while (++c < end);
    }
    a00.add(FloatVector.fromArray(S, from, f0)).intoArray(y, yAt);
    a10.add(FloatVector.fromArray(S, from, f1)).intoArray(y, yAt + C);
    a20.add(FloatVector.fromArray(S, from, f2)).intoArray(y, yAt + 2 * C);
    a30.add(FloatVector.fromArray(S, from, f3)).intoArray(y, yAt + 3 * C);
    a40.add(FloatVector.fromArray(S, from, f4)).intoArray(y, yAt + 4 * C);
    a50.add(FloatVector.fromArray(S, from, f5)).intoArray(y, yAt + 5 * C);
  }
}
