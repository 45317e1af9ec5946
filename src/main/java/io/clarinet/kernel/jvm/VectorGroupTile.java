package io.clarinet.kernel.jvm;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** A {@link GroupTile} by the Vector API. */
final class VectorGroupTile implements GroupTile {
  private static final VectorSpecies<Float> S = Specialised.species(MethodHandles.lookup());
  private static final Class<FloatVector> V = Specialised.type(S);
  private static final int C = S.length();
  private static final boolean SINGLE = Specialised.isSingle(MethodHandles.lookup());

  /** Elements of a term. */
  private static final int T = SINGLE ? 1 : C;

  @Override
  public void multiply(
      float[] x,
      int xAt,
      int[] places,
      int xPixel,
      int firstStep,
      int endStep,
      int run,
      float[] w,
      int wAt,
      int wStep,
      float[] from,
      int fromAt,
      int fromPixel,
      float[] y,
      int yAt) {
    FloatVector zero = FloatVector.zero(S);
    FloatVector a0 = zero;
    FloatVector a1 = zero;
    FloatVector a2 = zero;
    FloatVector a3 = zero;
    FloatVector a4 = zero;
    FloatVector a5 = zero;
    FloatVector a6 = zero;
    FloatVector a7 = zero;
    for (int s = firstStep; s < endStep; s++) {
      int x0 = xAt + places[s];
      int x1 = x0 + xPixel;
      int x2 = x1 + xPixel;
      int x3 = x2 + xPixel;
      int x4 = x3 + xPixel;
      int x5 = x4 + xPixel;
      int x6 = x5 + xPixel;
      int x7 = x6 + xPixel;
      int wNext = wAt + (s - firstStep) * wStep;

      int r = 0;
      do {
        FloatVector v = V.cast(FloatVector.fromArray(S, w, wNext));
        a0 = v.fma(term(x, x0 + r * T), a0);
        a1 = v.fma(term(x, x1 + r * T), a1);
        a2 = v.fma(term(x, x2 + r * T), a2);
        a3 = v.fma(term(x, x3 + r * T), a3);
        a4 = v.fma(term(x, x4 + r * T), a4);
        a5 = v.fma(term(x, x5 + r * T), a5);
        a6 = v.fma(term(x, x6 + r * T), a6);
        a7 = v.fma(term(x, x7 + r * T), a7);
        wNext += C;
      } while (++r < run);
    }
    int f = fromAt;
    V.cast(V.cast(FloatVector.fromArray(S, from, f)).add(a0)).intoArray(y, yAt);
    f += fromPixel;
    V.cast(V.cast(FloatVector.fromArray(S, from, f)).add(a1)).intoArray(y, yAt + C);
    f += fromPixel;
    V.cast(V.cast(FloatVector.fromArray(S, from, f)).add(a2)).intoArray(y, yAt + 2 * C);
    f += fromPixel;
    V.cast(V.cast(FloatVector.fromArray(S, from, f)).add(a3)).intoArray(y, yAt + 3 * C);
    f += fromPixel;
    V.cast(V.cast(FloatVector.fromArray(S, from, f)).add(a4)).intoArray(y, yAt + 4 * C);
    f += fromPixel;
    V.cast(V.cast(FloatVector.fromArray(S, from, f)).add(a5)).intoArray(y, yAt + 5 * C);
    f += fromPixel;
    V.cast(V.cast(FloatVector.fromArray(S, from, f)).add(a6)).intoArray(y, yAt + 6 * C);
    f += fromPixel;
    V.cast(V.cast(FloatVector.fromArray(S, from, f)).add(a7)).intoArray(y, yAt + 7 * C);
  }

  private static FloatVector term(float[] x, int at) {
    return V.cast(SINGLE ? FloatVector.broadcast(S, x[at]) : FloatVector.fromArray(S, x, at));
  }
}
