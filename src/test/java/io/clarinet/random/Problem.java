package io.clarinet.random;

import io.clarinet.graph.Graph;
import io.clarinet.graph.ReferenceRunner;
import io.clarinet.tensor.Tensor;
import java.util.Map;

/**
 * A graph, what it is run on, and the reference's results.
 *
 * @param seed what it was drawn from; what decides how it is run is drawn from it too
 */
record Problem(long seed, Graph graph, Map<String, Tensor> inputs, Map<String, Tensor> expected) {

  /** With the results that the reference gives. */
  static Problem of(long seed, Graph graph, Map<String, Tensor> inputs) {
    return new Problem(seed, graph, inputs, new ReferenceRunner(graph).run(inputs));
  }

  /** The draws for running it: the same at every run. */
  Chance chance() {
    return Chance.from(~seed, false);
  }
}
