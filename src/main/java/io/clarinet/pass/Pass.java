package io.clarinet.pass;

import io.clarinet.graph.Graph;

/** A rewrite of a graph of concrete shapes that keeps its meaning. */
public interface Pass {

  /** The rewritten graph; the same object if there was nothing to do. */
  Graph apply(Graph graph);

  /** The rewrite, as a verb phrase. */
  default String name() {
    return getClass()
        .getSimpleName()
        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
        .toLowerCase(java.util.Locale.ROOT);
  }
}
