package io.clarinet.kernel;

import java.util.function.IntConsumer;

/** A kernel of the JVM target. Called once a run; it spreads its own work over the threads. */
@FunctionalInterface
public interface JvmKernel {

  void run(Arguments arguments);

  /** The threads that work together. */
  interface Threads {

    /** Runs {@code body} for 0 … count-1 on all threads and returns when all are done. */
    void parallel(int count, IntConsumer body);

    /**
     * Number of the calling thread among those that run a body, below the device's compute units:
     * which share of a scratch region is its own.
     */
    int worker();
  }

  /** Places of one step's operands in arrays of floats, and the threads. */
  interface Arguments extends Threads {
    View input(int index);

    View output(int index);

    View scratch(int index);

    /** A packed constant as floats. */
    View packed(int index);
  }

  /**
   * A value within an array.
   *
   * @param offset of the first element
   * @param batchStride elements from one batch item to the next
   */
  record View(float[] data, int offset, int batchStride) {

    /** Index of a batch item's first element. */
    public int item(int index) {
      return offset + index * batchStride;
    }
  }
}
