package io.clarinet.engine;

import io.clarinet.backend.Once;
import io.clarinet.graph.Graph;
import java.util.function.Function;
import java.util.function.Supplier;

/** A plan, or one in the making, and its users. {@link Plans}' monitor guards what changes. */
final class PlanEntry {
  final Subject of;
  final Supplier<Graph> graph;
  final boolean inParts;
  final Once<Ready> ready;
  boolean dropped;
  int users = 1;
  long bytes;

  /**
   * @param inParts whether the graph may be planned with its batch in parts
   */
  PlanEntry(Subject of, Supplier<Graph> graph, boolean inParts, Function<PlanEntry, Ready> maker) {
    this.of = of;
    this.graph = graph;
    this.inParts = inParts;
    this.ready = new Once<>(() -> maker.apply(this));
  }
}
