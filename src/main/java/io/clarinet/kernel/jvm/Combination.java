package io.clarinet.kernel.jvm;

import io.clarinet.op.Binary;

/** Loops that combine two operands, either of which may stand still. */
final class Combination {
  private Combination() {}

  /**
   * y[i] = a[i · aStep] ∘ b[i · bStep].
   *
   * @param aStep 0 for one value throughout, else 1
   */
  static void run(
      Binary.Kind kind,
      float[] a,
      int aAt,
      int aStep,
      float[] b,
      int bAt,
      int bStep,
      float[] y,
      int to,
      int count) {
    switch (kind) {
      case ADD -> {
        for (int i = 0; i < count; i++) {
          y[to + i] = a[aAt + i * aStep] + b[bAt + i * bStep];
        }
      }
      case SUB -> {
        for (int i = 0; i < count; i++) {
          y[to + i] = a[aAt + i * aStep] - b[bAt + i * bStep];
        }
      }
      case MUL -> {
        for (int i = 0; i < count; i++) {
          y[to + i] = a[aAt + i * aStep] * b[bAt + i * bStep];
        }
      }
      case DIV -> {
        for (int i = 0; i < count; i++) {
          y[to + i] = a[aAt + i * aStep] / b[bAt + i * bStep];
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          y[to + i] = (float) kind.apply(a[aAt + i * aStep], b[bAt + i * bStep]);
        }
      }
    }
  }
}
