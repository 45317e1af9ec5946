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
      Epilogue epilogue,
      InnerLoops loops,
      Arguments a,
      int item,
      int within,
      int pixels,
      int channels) {
    Lanes lanes = loops.lanes();
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
      loops.activations().apply(activation, y, at, count);
    }
    if (channels < lanes.block()) {
      clear(lanes.block(), y, at, pixels, channels);
    }
  }

  /** Finishes {@code count} neighbours of a plain value in place. */
  static void plain(
      Epilogue epilogue, Activations activations, Arguments a, int item, int within, int count) {
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
      activations.apply(activation, y, at, count);
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
