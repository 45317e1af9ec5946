package io.clarinet.kernel.jvm;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Normalisations by the Vector API. Used through {@link Specialised}. */
final class VectorNormalisations implements Normalisations {
  private static final VectorSpecies<Float> S = Specialised.species(MethodHandles.lookup());
  private static final Class<FloatVector> V = Specialised.type(S);
  private static final VectorShuffle<Float> BEHIND_8 = behind(8);
  private static final VectorShuffle<Float> BEHIND_4 = behind(4);
  private static final VectorShuffle<Float> BEHIND_2 = behind(2);
  private static final VectorShuffle<Float> BEHIND_1 = behind(1);
  private static final float THREE_QUARTERS = 0.75f;

  /** Each lane's the lane so many behind, from the last on the first. */
  private static VectorShuffle<Float> behind(int lanes) {
    return VectorShuffle.iota(S, lanes % S.length(), 1, true);
  }

  private static FloatVector load(float[] x, int at) {
    return V.cast(FloatVector.fromArray(S, x, at));
  }

  /** In one order, compiled or not: that of {@code reduceLanes} is not defined, and changes. */
  private static float total(FloatVector lanes) {
    FloatVector sum = V.cast(lanes);
    if (S.length() > 8) {
      sum = V.cast(V.cast(sum.rearrange(BEHIND_8)).add(sum));
    }
    if (S.length() > 4) {
      sum = V.cast(V.cast(sum.rearrange(BEHIND_4)).add(sum));
    }
    sum = V.cast(V.cast(sum.rearrange(BEHIND_2)).add(sum));
    return V.cast(V.cast(sum.rearrange(BEHIND_1)).add(sum)).lane(0);
  }

  @Override
  public double total(float[] x, int at, int count, float less) {
    int whole = S.loopBound(count);
    double sum = 0;
    for (int i = 0; i < whole; i += Lanes.RUN * S.length()) {
      sum += run(x, at + i, Math.min(Lanes.RUN * S.length(), whole - i), less);
    }
    for (int i = whole; i < count; i++) {
      sum += x[at + i] - less;
    }
    return sum;
  }

  private static float run(float[] x, int at, int count, float less) {
    FloatVector each = V.cast(FloatVector.broadcast(S, less));
    FloatVector sum = FloatVector.zero(S);
    int i = 0;
    do {
      sum = V.cast(load(x, at + i).sub(each)).add(sum);
      i += S.length();
    } while (i < count);
    return total(sum);
  }

  @Override
  public double squares(float[] x, int at, int count, float high, float low) {
    int whole = S.loopBound(count);
    double sum = 0;
    for (int i = 0; i < whole; i += Lanes.RUN * S.length()) {
      sum += runOfSquares(x, at + i, Math.min(Lanes.RUN * S.length(), whole - i), high, low);
    }
    for (int i = whole; i < count; i++) {
      float v = x[at + i] - high - low;
      sum += (double) v * v;
    }
    return sum;
  }

  private static float runOfSquares(float[] x, int at, int count, float high, float low) {
    FloatVector most = V.cast(FloatVector.broadcast(S, high));
    FloatVector rest = V.cast(FloatVector.broadcast(S, low));
    FloatVector sum = FloatVector.zero(S);
    int i = 0;
    do {
      FloatVector v = V.cast(V.cast(load(x, at + i).sub(most)).sub(rest));
      sum = v.fma(v, sum);
      i += S.length();
    } while (i < count);
    return total(sum);
  }

  @Override
  public void normaliseRow(
      float[] x,
      int at,
      int count,
      float high,
      float low,
      float factor,
      float[] scale,
      int scaleAt,
      float[] shift,
      int shiftAt,
      float[] y,
      int to) {
    int whole = S.loopBound(count);
    FloatVector most = V.cast(FloatVector.broadcast(S, high));
    FloatVector rest = V.cast(FloatVector.broadcast(S, low));
    FloatVector each = V.cast(FloatVector.broadcast(S, factor));
    for (int i = 0; i < whole; i += S.length()) {
      FloatVector v = V.cast(V.cast(V.cast(load(x, at + i).sub(most)).sub(rest)).mul(each));
      v.fma(load(scale, scaleAt + i), load(shift, shiftAt + i)).intoArray(y, to + i);
    }
    for (int i = whole; i < count; i++) {
      float v = (x[at + i] - high - low) * factor;
      y[to + i] = v * scale[scaleAt + i] + shift[shiftAt + i];
    }
  }

  @Override
  public void square(float[] x, int at, float[] y, int to) {
    FloatVector v = load(x, at);
    v.mul(v).intoArray(y, to);
  }

  @Override
  public void normalise(
      float[] x,
      int at,
      float[] squares,
      int window,
      int size,
      float alpha,
      float bias,
      float beta,
      float[] y,
      int to) {
    FloatVector sum = FloatVector.zero(S);
    int k = 0;
    do {
      int end = Math.min(size, k + Lanes.RUN);
      FloatVector run = FloatVector.zero(S);
      do {
        run = load(squares, window + k).add(run);
      } while (++k < end);
      sum = V.cast(run).add(sum);
    } while (k < size);
    FloatVector scale = V.cast(sum).mul(alpha).add(bias);
    FloatVector v = load(x, at);
    if (beta == THREE_QUARTERS) {
      FloatVector root = scale.sqrt();
      v.div(root.mul(root.sqrt())).intoArray(y, to);
    } else {
      V.cast(v.div(V.cast(scale.pow(beta)))).intoArray(y, to);
    }
  }
}
