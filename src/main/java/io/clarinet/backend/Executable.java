package io.clarinet.backend;

import io.clarinet.plan.Plan;
import io.clarinet.tensor.Tensor;
import java.util.List;

/** A plan made ready on a device. Safe to share between threads; callers wait fairly for a lane. */
public interface Executable extends AutoCloseable {

  /**
   * Runs the plan once.
   *
   * @param inputs plain tensors in the order, shapes and types of {@link Plan#inputs()}
   * @param outputs filled, in the order, shapes and types of {@link Plan#outputs()}
   */
  void run(List<Tensor> inputs, List<Tensor> outputs);

  /**
   * Runs the plan some times, after once untimed; the events of each run.
   *
   * @return for each round its spans in the order in which they were started
   */
  List<List<Span>> trace(List<Tensor> inputs, List<Tensor> outputs, int rounds);

  @Override
  void close();
}
