package io.clarinet.engine;

import io.clarinet.backend.Once;
import io.clarinet.graph.Graph;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
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

  /** Those of these that are loaded, without users first; otherwise in their order. */
  static List<PlanEntry> loadedIdleFirst(Collection<PlanEntry> entries) {
    return entries.stream()
        .filter(e -> e.bytes > 0)
        .sorted(Comparator.comparing(e -> e.users > 0))
        .toList();
  }
}
