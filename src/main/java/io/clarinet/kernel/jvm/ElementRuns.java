package io.clarinet.kernel.jvm;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.JvmKernel.View;
import io.clarinet.tensor.Shape;

/**
 * The elements of a value as tasks for elementwise work: runs of neighbours within one batch item,
 * in a blocked value within one channel block.
 *
 * @param items batch items
 * @param rows of one item, of equal length
 * @param length elements of a row
 * @param run elements of a task
 * @param block channel block; 1 where plain
 * @param lastLanes lanes of an item's last row that are channels
 */
record ElementRuns(int items, int rows, int length, int run, int block, int lastLanes) {
  /** Elements of a task: 64 kB, a while beside handing a task out; no measurement is on record. */
  static final int RUN = 1 << 14;

  static ElementRuns plain(Shape shape) {
    int items = shape.rank() == 0 ? 1 : shape.n();
    int length = items == 0 ? 0 : Math.toIntExact(shape.size() / items);
    return new ElementRuns(items, 1, length, RUN, 1, 1);
  }

  static ElementRuns blocked(Shape shape, int block) {
    int rows = ceilDiv(shape.c(), block);
    int length = shape.h() * shape.w() * block;
    return new ElementRuns(shape.n(), rows, length, RUN, block, shape.c() - (rows - 1) * block);
  }

  private int runsPerRow() {
    return ceilDiv(length, run);
  }

  int tasks() {
    return items * rows * runsPerRow();
  }

  /** The batch item of a task. */
  int item(int task) {
    return task / runsPerRow() / rows;
  }

  /** The row of a task: in a blocked value its channel block. */
  int row(int task) {
    return task / runsPerRow() % rows;
  }

  /** Elements of the row before the task's first. */
  int within(int task) {
    return task % runsPerRow() * run;
  }

  /** Index of the task's first element. */
  int start(View view, int task) {
    return view.item(item(task)) + row(task) * length + within(task);
  }

  int count(int task) {
    return Math.min(run, length - within(task));
  }

  /** Writes zeros into lanes that are no channels. */
  void clear(View y, int task) {
    if (row(task) == rows - 1 && lastLanes < block) {
      EpilogueLoop.clear(block, y.data(), start(y, task), count(task) / block, lastLanes);
    }
  }
}
