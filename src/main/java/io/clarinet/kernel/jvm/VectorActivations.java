package io.clarinet.kernel.jvm;

import io.clarinet.op.Unary;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sigmoid, SiLU and GELU by the Vector API, with {@link Exponential}; other functions and the last
 * elements one by one. Used through {@link Specialised}.
 */
final class VectorActivations implements Activations {
  private static final VectorSpecies<Float> S = Specialised.species(MethodHandles.lookup());
  private static final Class<FloatVector> V = Specialised.type(S);

  @Override
  public void apply(Unary function, float[] y, int at, int count) {
    int whole = S.loopBound(count);
    switch (function.kind()) {
      case SIGMOID -> sigmoid(y, at, whole);
      case SWISH -> swish(y, at, whole, -function.alpha());
      case GELU -> gelu(y, at, whole);
      case GELU_TANH -> geluTanh(y, at, whole);
      default -> whole = 0;
    }
    PlainActivations.each(function, y, at + whole, count - whole);
  }

  @Override
  public void exponentials(float[] x, int at, int count, float most, float[] y, int to) {
    int whole = S.loopBound(count);
    for (int i = 0; i < whole; i += S.length()) {
      expPlus(V.cast(load(x, at + i).sub(of(most))), 0).intoArray(y, to + i);
    }
    PlainActivations.eachExponential(x, at + whole, count - whole, most, y, to + whole);
  }

  private static FloatVector load(float[] y, int at) {
    return V.cast(FloatVector.fromArray(S, y, at));
  }

  private static FloatVector of(float value) {
    return V.cast(FloatVector.broadcast(S, value));
  }

  private static void sigmoid(float[] y, int at, int count) {
    for (int i = at; i < at + count; i += S.length()) {
      V.cast(of(1).div(expPlus(V.cast(load(y, i).neg()), 1))).intoArray(y, i);
    }
  }

  private static void swish(float[] y, int at, int count, float factor) {
    for (int i = at; i < at + count; i += S.length()) {
      FloatVector v = load(y, i);
      V.cast(v.div(expPlus(V.cast(v.mul(of(factor))), 1))).intoArray(y, i);
    }
  }

  private static void geluTanh(float[] y, int at, int count) {
    for (int i = at; i < at + count; i += S.length()) {
      FloatVector v = load(y, i);
      FloatVector cube = V.cast(V.cast(v.mul(v)).mul(v));
      FloatVector inner = V.cast(V.cast(cube.fma(of(0.044715f), v)).mul(of(-1.59576912f)));
      V.cast(v.div(expPlus(inner, 1))).intoArray(y, i);
    }
  }

  /** By formula 7.1.26 of Abramowitz and Stegun, as {@link Unary.Kind#GELU} in OpenCL. */
  private static void gelu(float[] y, int at, int count) {
    for (int i = at; i < at + count; i += S.length()) {
      FloatVector v = load(y, i);
      FloatVector t = V.cast(of(1).div(V.cast(v.abs()).fma(of(0.23164189f), of(1))));
      FloatVector sum = V.cast(t.fma(of(0.5307027145f), of(-0.7265760135f)));
      sum = V.cast(sum.fma(t, of(0.7107068705f)));
      sum = V.cast(sum.fma(t, of(-0.142248368f)));
      sum = V.cast(sum.fma(t, of(0.127414796f)));
      FloatVector square = V.cast(V.cast(v.mul(v)).mul(of(-0.5f)));
      FloatVector half = V.cast(V.cast(t.mul(sum)).mul(expPlus(square, 0)));
      FloatVector share =
          V.cast(V.cast(of(1).sub(half)).blend(half, v.compare(VectorOperators.LT, 0)));
      V.cast(v.mul(share)).intoArray(y, i);
    }
  }

  /** e^v + c; infinite from 88.4 on, 0 below -87.6, NaN of NaN. */
  private static FloatVector expPlus(FloatVector v, float c) {
    FloatVector at = V.cast(v.blend(-88, v.compare(VectorOperators.LT, -88)));
    at = V.cast(at.blend(88.8f, at.compare(VectorOperators.GT, 88.8f)));
    FloatVector whole = V.cast(at.fma(of(Exponential.LOG2_E), of(Exponential.BIASED)));
    FloatVector f =
        V.cast(at.fma(of(Exponential.LOG2_E), V.cast(of(Exponential.BIASED).sub(whole))));
    FloatVector power = V.cast(f.fma(of(1.32646586e-3f), of(9.67156608e-3f)));
    power = V.cast(power.fma(f, of(5.55073433e-2f)));
    power = V.cast(power.fma(f, of(2.40222409e-1f)));
    power = V.cast(power.fma(f, of(6.93147004e-1f)));
    power = V.cast(power.fma(f, of(1)));
    FloatVector scale =
        V.cast(
            whole
                .reinterpretAsInts()
                .lanewise(VectorOperators.LSHL, Exponential.MANTISSA_BITS)
                .reinterpretAsFloats());
    return V.cast(power.fma(scale, of(c)));
  }
}
