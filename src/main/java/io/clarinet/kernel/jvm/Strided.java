package io.clarinet.kernel.jvm;

/**
 * Rows from and to elements of an array that lie evenly apart. The usual distances are constants of
 * loops of their own: the compiler looks for an array's end once a loop and not at each element
 * only where it knows the distance.
 */
final class Strided {
  private Strided() {}

  /** Copies {@code count} elements of x that lie {@code step} apart. */
  static void gather(float[] x, int at, int step, float[] row, int to, int count) {
    switch (step) {
      case 1 -> System.arraycopy(x, at, row, to, count);
      case 2 -> {
        for (int i = 0; i < count; i++) {
          row[to + i] = x[at + 2 * i];
        }
      }
      case 16 -> {
        for (int i = 0; i < count; i++) {
          row[to + i] = x[at + 16 * i];
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          row[to + i] = x[at + i * step];
        }
      }
    }
  }

  /** Copies a row to elements of y that lie {@code step} apart. */
  static void scatter(float[] row, float[] y, int to, int step, int count) {
    if (step == 16) {
      for (int i = 0; i < count; i++) {
        y[to + 16 * i] = row[i];
      }
    } else {
      for (int i = 0; i < count; i++) {
        y[to + i * step] = row[i];
      }
    }
  }
}
