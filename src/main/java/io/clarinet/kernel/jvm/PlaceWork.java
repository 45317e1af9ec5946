package io.clarinet.kernel.jvm;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.JvmKernel;

/**
 * The places of each item of an output made one by one, a run of them a task.
 *
 * @param places of an item
 */
record PlaceWork(int items, int places, Place one) implements JvmKernel {
  /** Places of a task: a while beside handing it out; no measurement of it is on record. */
  private static final int RUN = 256;

  /** Makes one place. */
  @FunctionalInterface
  interface Place {
    void make(Arguments arguments, int item, int place);
  }

  @Override
  public void run(Arguments arguments) {
    int runs = ceilDiv(places, RUN);
    arguments.parallel(items * runs, task -> task(arguments, task / runs, task % runs * RUN));
  }

  private void task(Arguments arguments, int item, int first) {
    for (int place = first; place < Math.min(places, first + RUN); place++) {
      one.make(arguments, item, place);
    }
  }
}
