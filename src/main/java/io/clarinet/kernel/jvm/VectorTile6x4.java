package io.clarinet.kernel.jvm;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

final class VectorTile6x4 implements RegisterTile {
  private static final VectorSpecies<Float> S = Specialised.species(MethodHandles.lookup());
  private static final int C = S.length();
  private static final boolean STRIDED = Specialised.isStrided(MethodHandles.lookup());

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
    int f0 = fromAt;
    int f1 = f0 + fromPixel;
    int f2 = f1 + fromPixel;
    int f3 = f2 + fromPixel;
    int f4 = f3 + fromPixel;
    int f5 = f4 + fromPixel;
    FloatVector a00 = FloatVector.zero(S);
    FloatVector a01 = FloatVector.zero(S);
    FloatVector a02 = FloatVector.zero(S);
    FloatVector a03 = FloatVector.zero(S);
    FloatVector a10 = FloatVector.zero(S);
    FloatVector a11 = FloatVector.zero(S);
    FloatVector a12 = FloatVector.zero(S);
    FloatVector a13 = FloatVector.zero(S);
    FloatVector a20 = FloatVector.zero(S);
    FloatVector a21 = FloatVector.zero(S);
    FloatVector a22 = FloatVector.zero(S);
    FloatVector a23 = FloatVector.zero(S);
    FloatVector a30 = FloatVector.zero(S);
    FloatVector a31 = FloatVector.zero(S);
    FloatVector a32 = FloatVector.zero(S);
    FloatVector a33 = FloatVector.zero(S);
    FloatVector a40 = FloatVector.zero(S);
    FloatVector a41 = FloatVector.zero(S);
    FloatVector a42 = FloatVector.zero(S);
    FloatVector a43 = FloatVector.zero(S);
    FloatVector a50 = FloatVector.zero(S);
    FloatVector a51 = FloatVector.zero(S);
    FloatVector a52 = FloatVector.zero(S);
    FloatVector a53 = FloatVector.zero(S);
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
        FloatVector w1 = FloatVector.fromArray(S, w, wNext + C);
        FloatVector w2 = FloatVector.fromArray(S, w, wNext + 2 * C);
        FloatVector w3 = FloatVector.fromArray(S, w, wNext + 3 * C);
        wNext += 4 * C;
        FloatVector x0 = FloatVector.broadcast(S, x[x0At + c]);
        a00 = x0.fma(w0, a00);
        a01 = x0.fma(w1, a01);
        a02 = x0.fma(w2, a02);
        a03 = x0.fma(w3, a03);
        FloatVector x1 = FloatVector.broadcast(S, x[x1At + c]);
        a10 = x1.fma(w0, a10);
        a11 = x1.fma(w1, a11);
        a12 = x1.fma(w2, a12);
        a13 = x1.fma(w3, a13);
        FloatVector x2 = FloatVector.broadcast(S, x[x2At + c]);
        a20 = x2.fma(w0, a20);
        a21 = x2.fma(w1, a21);
        a22 = x2.fma(w2, a22);
        a23 = x2.fma(w3, a23);
        FloatVector x3 = FloatVector.broadcast(S, x[x3At + c]);
        a30 = x3.fma(w0, a30);
        a31 = x3.fma(w1, a31);
        a32 = x3.fma(w2, a32);
        a33 = x3.fma(w3, a33);
        FloatVector x4 = FloatVector.broadcast(S, x[x4At + c]);
        a40 = x4.fma(w0, a40);
        a41 = x4.fma(w1, a41);
        a42 = x4.fma(w2, a42);
        a43 = x4.fma(w3, a43);
        FloatVector x5 = FloatVector.broadcast(S, x[x5At + c]);
        a50 = x5.fma(w0, a50);
        a51 = x5.fma(w1, a51);
        a52 = x5.fma(w2, a52);
        a53 = x5.fma(w3, a53);
      } while (++c < end);
    }
    a00.add(FloatVector.fromArray(S, from, f0)).intoArray(y, yAt);
    a01.add(FloatVector.fromArray(S, from, f0 + fromBlock)).intoArray(y, yAt + yBlock);
    a02.add(FloatVector.fromArray(S, from, f0 + 2 * fromBlock)).intoArray(y, yAt + 2 * yBlock);
    a03.add(FloatVector.fromArray(S, from, f0 + 3 * fromBlock)).intoArray(y, yAt + 3 * yBlock);
    a10.add(FloatVector.fromArray(S, from, f1)).intoArray(y, yAt + C);
    a11.add(FloatVector.fromArray(S, from, f1 + fromBlock)).intoArray(y, yAt + yBlock + C);
    a12.add(FloatVector.fromArray(S, from, f1 + 2 * fromBlock)).intoArray(y, yAt + 2 * yBlock + C);
    a13.add(FloatVector.fromArray(S, from, f1 + 3 * fromBlock)).intoArray(y, yAt + 3 * yBlock + C);
    a20.add(FloatVector.fromArray(S, from, f2)).intoArray(y, yAt + 2 * C);
    a21.add(FloatVector.fromArray(S, from, f2 + fromBlock)).intoArray(y, yAt + yBlock + 2 * C);
    a22.add(FloatVector.fromArray(S, from, f2 + 2 * fromBlock))
        .intoArray(y, yAt + 2 * yBlock + 2 * C);
    a23.add(FloatVector.fromArray(S, from, f2 + 3 * fromBlock))
        .intoArray(y, yAt + 3 * yBlock + 2 * C);
    a30.add(FloatVector.fromArray(S, from, f3)).intoArray(y, yAt + 3 * C);
    a31.add(FloatVector.fromArray(S, from, f3 + fromBlock)).intoArray(y, yAt + yBlock + 3 * C);
    a32.add(FloatVector.fromArray(S, from, f3 + 2 * fromBlock))
        .intoArray(y, yAt + 2 * yBlock + 3 * C);
    a33.add(FloatVector.fromArray(S, from, f3 + 3 * fromBlock))
        .intoArray(y, yAt + 3 * yBlock + 3 * C);
    a40.add(FloatVector.fromArray(S, from, f4)).intoArray(y, yAt + 4 * C);
    a41.add(FloatVector.fromArray(S, from, f4 + fromBlock)).intoArray(y, yAt + yBlock + 4 * C);
    a42.add(FloatVector.fromArray(S, from, f4 + 2 * fromBlock))
        .intoArray(y, yAt + 2 * yBlock + 4 * C);
    a43.add(FloatVector.fromArray(S, from, f4 + 3 * fromBlock))
        .intoArray(y, yAt + 3 * yBlock + 4 * C);
    a50.add(FloatVector.fromArray(S, from, f5)).intoArray(y, yAt + 5 * C);
    a51.add(FloatVector.fromArray(S, from, f5 + fromBlock)).intoArray(y, yAt + yBlock + 5 * C);
    a52.add(FloatVector.fromArray(S, from, f5 + 2 * fromBlock))
        .intoArray(y, yAt + 2 * yBlock + 5 * C);
    a53.add(FloatVector.fromArray(S, from, f5 + 3 * fromBlock))
        .intoArray(y, yAt + 3 * yBlock + 5 * C);
  }
}
