package io.clarinet.kernel.jvm;

/**
 * Reads memory before its use. A tile's arithmetic fills the processor's window, so that few of its
 * misses are under way at a time; a loop of nothing but loads has as many as there may be.
 */
final class Touch {
  /** Floats of a cache line. */
  private static final int LINE = 16;

  private Touch() {}

  /** Reads each cache line of whole ones; the result is for nothing but to be kept somewhere. */
  static float lines(float[] x, int from, int to) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int i = from;
    for (; i + 3 * LINE < to; i += 4 * LINE) {
      a += x[i];
      b += x[i + LINE];
      c += x[i + 2 * LINE];
      d += x[i + 3 * LINE];
    }
    for (; i < to; i += LINE) {
      a += x[i];
    }
    return a + b + c + d;
  }
}
