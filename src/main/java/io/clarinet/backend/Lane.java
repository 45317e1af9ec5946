package io.clarinet.backend;

import io.clarinet.tensor.Tensor;
import java.util.List;

/** What one run at a time of a loaded plan works in. For one thread at a time. */
public interface Lane extends AutoCloseable {

  /** Runs the plan once; returns when the outputs are filled. */
  void run(List<Tensor> inputs, List<Tensor> outputs);

  /** As {@link #run}; what happened when, in the order in which it was started. */
  List<Span> trace(List<Tensor> inputs, List<Tensor> outputs);

  /** Waits for what is under way and gives back what the lane alone holds. */
  @Override
  default void close() {}

  /** Makes the lanes of one plan. */
  interface Maker {

    /**
     * Makes a lane.
     *
     * @param tracing whether {@link Lane#trace} will be called
     */
    Lane make(boolean tracing);
  }
}
