package io.clarinet.kernel;

import io.clarinet.RequiresOpenCl;
import io.clarinet.backend.jvm.JvmOptions;
import io.clarinet.engine.Jvm;
import io.clarinet.kernel.jvm.JvmKernels;
import io.clarinet.op.Binary;
import io.clarinet.op.Unary;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Functions of values of every size that share a vector: a device's vectorised function that takes
 * one path for all lanes gives wrong results to some of them.
 */
class ExtremesTest {
  private static final float INFINITY = Float.POSITIVE_INFINITY;
  private static final float[] VALUES = {
    1e-7f,
    1e30f,
    0.3f,
    -1e30f,
    Float.NaN,
    2.5f,
    INFINITY,
    -0.7f,
    -INFINITY,
    -0.0f,
    0,
    1,
    -1,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.MIN_VALUE,
    -Float.MIN_NORMAL,
    1e-20f,
    -1e-20f,
    5e5f,
    -3e4f,
    88,
    -88,
    104,
    -104,
    9,
    -9,
    0.9999999f,
    1.0000001f,
    3.1415927f,
    -1.5707964f,
    1e10f,
    39000
  };

  /**
   * Every value beside every other within 16 lanes; each vector starts with the value that the test
   * turns on.
   */
  private static Tensor mixed() {
    int count = VALUES.length;
    Tensor x = Tensor.zeros(Shape.of(1, 1, count, 16));
    for (int i = 0; i < 16 * count; i++) {
      x.set(i, VALUES[i % 2 == 0 ? i / 16 : (i / 16 + i % 16 * 3) % count]);
    }
    return x;
  }

  /**
   * The largest error of an element in relation to itself or, where that is larger, to its argument
   * below 1: an absolute error of rounding in the range of the numbers that networks hold.
   */
  private static double worst(Tensor x, Tensor actual, Tensor reference) {
    double worst = 0;
    for (long i = 0; i < reference.shape().size(); i++) {
      double y = actual.doubleAt(i);
      double r = reference.doubleAt(i);
      double v = Math.abs(x.doubleAt(i));
      double scale = Math.max(Math.abs(r), Math.max(v < 1 ? v : 1, Float.MIN_NORMAL));
      boolean same = y == r || (Double.isNaN(y) && Double.isNaN(r));
      double error = same ? 0 : Math.abs(y - r) / scale;
      worst = Double.isNaN(error) ? INFINITY : Math.max(worst, error);
    }
    return worst;
  }

  private static OperatorContract unary(Unary.Kind kind) {
    Tensor x = mixed();
    return OperatorContract.of(new Unary(kind, 0.25f, 0.75f))
        .input(x)
        .tolerance(2e-6)
        .measure((y, r) -> worst(x, y, r));
  }

  private static OperatorContract power() {
    int count = VALUES.length;
    Tensor a = Tensor.zeros(Shape.of(1, 1, count, count));
    Tensor b = Tensor.zeros(a.shape());
    for (int i = 0; i < count * count; i++) {
      a.set(i, VALUES[i % count]);
      b.set(i, VALUES[(i / count + i % count) % count]);
    }
    return OperatorContract.of(new Binary(Binary.Kind.POW, null))
        .input(a)
        .input(b)
        .tolerance(2e-5)
        .measure((y, r) -> worst(a, y, r));
  }

  @Nested
  @RequiresOpenCl
  class OnADevice {

    @ParameterizedTest
    @EnumSource(Unary.Kind.class)
    void shareVectors(Unary.Kind kind) {
      unary(kind).check();
    }

    @Test
    void powersShareVectors() {
      power().check();
    }
  }

  @Nested
  class OnTheJvm {
    private static final UnaryOperator<OperatorContract> JVM =
        contract ->
            contract.on(
                Jvm.open(JvmOptions.standard().withThreads(1).poisoned()), JvmKernels.best());

    @ParameterizedTest
    @EnumSource(Unary.Kind.class)
    void shareVectors(Unary.Kind kind) {
      JVM.apply(unary(kind)).check();
    }

    @Test
    void powersShareVectors() {
      JVM.apply(power()).check();
    }
  }
}
