package io.clarinet.random;

import io.clarinet.graph.Node;
import io.clarinet.op.Op;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** The counted outcomes of many graphs; safe to share between threads. */
final class Tally {
  private final LongAdder graphs = new LongAdder();
  private final LongAdder nodes = new LongAdder();
  private final Map<String, Integer> compared = new ConcurrentSkipListMap<>();
  private final Map<String, Integer> passedOver = new ConcurrentSkipListMap<>();
  private final Map<String, Integer> operators = new ConcurrentSkipListMap<>();
  private final Set<Class<? extends Op>> reached = ConcurrentHashMap.newKeySet();

  void drawn(Problem problem) {
    graphs.increment();
    for (Node node : problem.graph().nodes()) {
      nodes.increment();
      operators.merge(node.op().name(), 1, Integer::sum);
      reached.add(node.op().getClass());
    }
  }

  void checked(Check check, Verdict verdict) {
    verdict
        .passedOver()
        .ifPresentOrElse(
            reason -> passedOver.merge(check.name() + ": " + reason, 1, Integer::sum),
            () -> compared.merge(check.name(), 1, Integer::sum));
  }

  long graphs() {
    return graphs.sum();
  }

  /** The operators that some graph has. */
  Set<Class<? extends Op>> reached() {
    return reached;
  }

  /** The counts, for people. */
  @Override
  public String toString() {
    return "%d graphs, %d nodes%ncompared: %s%noperators: %s%npassed over:%n%s"
        .formatted(graphs.sum(), nodes.sum(), compared, operators, lines(passedOver));
  }

  private static String lines(Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .map(count -> "%8d %s".formatted(count.getValue(), count.getKey()))
        .collect(Collectors.joining(System.lineSeparator()));
  }
}
