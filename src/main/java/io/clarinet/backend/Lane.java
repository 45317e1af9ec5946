package io.clarinet.backend;

import io.clarinet.tensor.Tensor;
import java.util.List;

/** The working memory of one run of a loaded plan at a time. For one thread at a time. */
public interface Lane extends AutoCloseable {

  /** Runs the plan once; returns when the outputs are filled. */
  void run(List<Tensor> inputs, List<Tensor> outputs);

  /** Runs like {@link #run}; the events of the run, in the order in which they started. */
  List<Span> trace(List<Tensor> inputs, List<Tensor> outputs);

  /** Waits for the run in progress and releases the lane's own memory. */
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
