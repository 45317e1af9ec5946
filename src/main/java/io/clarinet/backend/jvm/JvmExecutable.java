package io.clarinet.backend.jvm;

import io.clarinet.backend.Executable;
import io.clarinet.backend.Span;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Plan.Binding;
import io.clarinet.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** A plan with its lanes, which callers take in the order of their coming. */
final class JvmExecutable implements Executable {
  private final Plan plan;
  private final int laneCount;
  private final Semaphore free;
  private final Deque<JvmLane> lanes = new ArrayDeque<>();
  private final WorkerPool pool;
  private final Runnable release;
  private boolean closed;

  /**
   * @param release run once, when the last run has ended after closing
   */
  JvmExecutable(Plan plan, List<JvmLane> lanes, WorkerPool pool, Runnable release) {
    this.plan = plan;
    this.laneCount = lanes.size();
    this.free = new Semaphore(laneCount, true);
    this.lanes.addAll(lanes);
    this.pool = pool;
    this.release = release;
  }

  @Override
  public void run(List<Tensor> inputs, List<Tensor> outputs) {
    run(inputs, outputs, null);
  }

  @Override
  public List<List<Span>> trace(List<Tensor> inputs, List<Tensor> outputs, int rounds) {
    run(inputs, outputs, null);
    List<List<Span>> traces = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      List<Span> spans = new ArrayList<>();
      run(inputs, outputs, spans);
      traces.add(spans);
    }
    return traces;
  }

  private void run(List<Tensor> inputs, List<Tensor> outputs, @Nullable List<Span> spans) {
    check("input", plan.inputs(), inputs);
    check("output", plan.outputs(), outputs);
    free.acquireUninterruptibly();
    try {
      JvmLane lane = take();
      pool.begin();
      try {
        lane.run(inputs, outputs, spans);
      } finally {
        pool.end();
        give(lane);
      }
    } finally {
      free.release();
    }
  }

  private synchronized JvmLane take() {
    if (closed) {
      throw new IllegalStateException("the session is closed; open a new one");
    }
    return lanes.pop();
  }

  private synchronized void give(JvmLane lane) {
    lanes.push(lane);
  }

  private static void check(String role, List<Binding> wanted, List<Tensor> given) {
    if (wanted.size() != given.size()) {
      throw new IllegalArgumentException(
          wanted.size() + " " + role + "s are needed, got " + given.size());
    }
    for (int i = 0; i < given.size(); i++) {
      Binding binding = wanted.get(i);
      Tensor tensor = given.get(i);
      if (tensor.type() != binding.place().type()
          || !tensor.shape().equals(binding.place().shape())) {
        throw new IllegalArgumentException(
            role
                + " \""
                + binding.name()
                + "\" was planned as "
                + binding.place().type()
                + " "
                + binding.place().shape()
                + ", got "
                + tensor);
      }
    }
  }

  @Override
  public void close() {
    free.acquireUninterruptibly(laneCount);
    try {
      if (markClosed()) {
        release.run();
      }
    } finally {
      free.release(laneCount);
    }
  }

  /** Whether this call is the one that closes. */
  private synchronized boolean markClosed() {
    boolean first = !closed;
    closed = true;
    lanes.clear();
    return first;
  }
}
