package io.clarinet.kernel.jvm;

import io.clarinet.kernel.JvmKernel.Arguments;
import io.clarinet.kernel.JvmKernel.View;
import io.clarinet.op.Epilogue;
import io.clarinet.op.Unary;
import org.jspecify.annotations.Nullable;

/** The last steps of a kernel's output: residual, activation, zeros in lanes without a channel. */
final class EpilogueLoop {
  private EpilogueLoop() {}

  /**
   * Finishes {@code pixels} pixels of one channel block in place.
   *
   * @param within elements of the batch item before the first
   * @param channels lanes that are channels; the others become zeros
   */
  static void block(
      Epilogue epilogue, Lanes lanes, Arguments a, int item, int within, int pixels, int channels) {
    float[] y = a.output(0).data();
    int at = a.output(0).item(item) + within;
    int count = pixels * lanes.block();
    Unary activation = epilogue.activation();
    boolean clamp = activation == null || activation.isClamp();
    if (epilogue.residual() || (activation != null && clamp)) {
      float lo = activation == null ? Float.NEGATIVE_INFINITY : activation.lo();
      float hi = activation == null ? Float.POSITIVE_INFINITY : activation.hi();
      View residual = epilogue.residual() ? a.input(epilogue.residualIndex()) : null;
      float @Nullable [] other = residual == null ? null : residual.data();
      int otherAt = residual == null ? 0 : residual.item(item) + within;
      lanes.finish(y, at, other, otherAt, y, at, count, lo, hi);
    }
    if (activation != null && !clamp) {
      apply(activation, y, at, count);
    }
    if (channels < lanes.block()) {
      clear(lanes.block(), y, at, pixels, channels);
    }
  }

  /** Finishes {@code count} neighbours of a plain value in place. */
  static void plain(Epilogue epilogue, Arguments a, int item, int within, int count) {
    float[] y = a.output(0).data();
    int at = a.output(0).item(item) + within;
    if (epilogue.residual()) {
      View residual = a.input(epilogue.residualIndex());
      int from = residual.item(item) + within;
      for (int i = 0; i < count; i++) {
        y[at + i] += residual.data()[from + i];
      }
    }
    Unary activation = epilogue.activation();
    if (activation != null) {
      apply(activation, y, at, count);
    }
  }

  /** Applies a function to each of {@code count} elements in place. */
  static void apply(Unary function, float[] y, int at, int count) {
    if (function.kind() == Unary.Kind.GELU) {
      gelu(y, at, count);
      return;
    }
    for (int i = at; i < at + count; i++) {
      y[i] = (float) function.apply(y[i]);
    }
  }

  /** As {@link Unary.Kind#GELU}'s OpenCL expression: the definition's erf is a long series. */
  private static void gelu(float[] y, int at, int count) {
    for (int i = at; i < at + count; i++) {
      double v = y[i];
      double t = 1 / (1 + 0.23164189 * Math.abs(v));
      double sum =
          0.127414796
              + t * (-0.142248368 + t * (0.7107068705 + t * (-0.7265760135 + t * 0.5307027145)));
      double half = t * sum * Math.exp(-0.5 * v * v);
      y[i] = (float) (v * (v < 0 ? half : 1 - half));
    }
  }

  /** Sets the lanes from {@code channels} on to zero in {@code pixels} blocks. */
  static void clear(int block, float[] y, int at, int pixels, int channels) {
    for (int p = 0; p < pixels; p++) {
      for (int i = channels; i < block; i++) {
        y[at + p * block + i] = 0;
      }
    }
  }
}
