package io.clarinet.kernel.jvm;

import io.clarinet.kernel.JvmKernel.View;
import io.clarinet.op.Unary;
import org.jspecify.annotations.Nullable;

/** The last steps of a kernel's output: residual, activation, zeros in lanes without a channel. */
final class EpilogueLoop {
  private EpilogueLoop() {}

  /**
   * Finishes {@code pixels} pixels of one channel block in place.
   *
   * @param channels lanes that are channels; the others become zeros
   */
  static void block(
      Lanes lanes,
      @Nullable Unary activation,
      View y,
      int at,
      @Nullable View residual,
      int residualAt,
      int pixels,
      int channels) {
    int count = pixels * lanes.block();
    boolean clamp = activation == null || activation.isClamp();
    if (residual != null || (activation != null && clamp)) {
      float lo = activation == null ? Float.NEGATIVE_INFINITY : activation.lo();
      float hi = activation == null ? Float.POSITIVE_INFINITY : activation.hi();
      float @Nullable [] other = residual == null ? null : residual.data();
      lanes.finish(y.data(), at, other, residualAt, y.data(), at, count, lo, hi);
    }
    if (activation != null && !clamp) {
      apply(activation, y.data(), at, count);
    }
    if (channels < lanes.block()) {
      clear(lanes.block(), y.data(), at, pixels, channels);
    }
  }

  /** Applies a function to each of {@code count} elements in place. */
  static void apply(Unary function, float[] y, int at, int count) {
    for (int i = at; i < at + count; i++) {
      y[i] = (float) function.apply(y[i]);
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
