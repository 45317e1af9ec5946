package io.clarinet.kernel.jvm;

/**
 * a · b + c, rounded once where the processor can: elsewhere {@link Math#fma} computes it by {@code
 * BigDecimal}, in a hundred times the time.
 */
final class Fused {
  private static final int ROUNDS = 10;
  private static final int CALLS = 100;

  /** An instruction takes some 30 ns where the loop is interpreted, the other way some thousand. */
  private static final long MOST_NANOS = 300;

  private static final boolean IS_INSTRUCTION = isInstruction();

  private Fused() {}

  static float multiplyAdd(float a, float b, float c) {
    return IS_INSTRUCTION ? Math.fma(a, b, c) : a * b + c;
  }

  private static boolean isInstruction() {
    long best = Long.MAX_VALUE;
    float sum = 1;
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < CALLS; i++) {
        sum = Math.fma(sum, 0.5f, 0.7f);
      }
      best = Math.min(best, System.nanoTime() - start);
    }
    return !Float.isNaN(sum) && best <= CALLS * MOST_NANOS;
  }
}
