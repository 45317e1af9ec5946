package io.clarinet.engine;

import io.clarinet.graph.Graph;
import io.clarinet.graph.Node;
import io.clarinet.pass.SplitBatch.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The cheapest way to run a batch in parts that grow towards the network's back: a shortest path
 * over nodes and sizes of parts. Parts grow only where a single value leads on.
 */
final class BatchLevels {
  /** Least predicted saving for a split, as a share of the time of the undivided batch. */
  private static final double WORTH_IT = 0.01;

  private final int nodes;
  private final boolean[] narrow;
  private final List<Size> sizes = new ArrayList<>();

  /**
   * A size of parts.
   *
   * @param seconds by node, of all parts together
   */
  private record Size(int items, double[] seconds) {}

  BatchLevels(Graph graph) {
    this.nodes = graph.nodes().size();
    this.narrow = narrow(graph);
  }

  /**
   * Whether a single value passes from the nodes before a node to those from it on, by the node's
   * number.
   */
  private static boolean[] narrow(Graph graph) {
    Map<String, Integer> lastUses = new HashMap<>();
    for (int i = 0; i < graph.nodes().size(); i++) {
      int index = i;
      graph.nodes().get(i).inputs().forEach(input -> lastUses.put(input, index));
    }
    graph.outputs().forEach(output -> lastUses.put(output, graph.nodes().size()));
    int[] alive = new int[graph.nodes().size() + 2];
    for (int i = 0; i < graph.nodes().size(); i++) {
      Node node = graph.nodes().get(i);
      for (String output : node.outputs()) {
        alive[i + 1]++;
        alive[lastUses.getOrDefault(output, i) + 1]--;
      }
    }
    Arrays.parallelPrefix(alive, Integer::sum);
    boolean[] narrow = new boolean[graph.nodes().size() + 1];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = alive[i] == 1;
    }
    return narrow;
  }

  /** Adds a size, half of the one added before; the first is the batch. */
  void offer(int items, double[] seconds) {
    sizes.add(0, new Size(items, seconds));
  }

  /**
   * Levels and their predicted time.
   *
   * @param levels from front to back, the last of them the batch
   */
  record Cheapest(List<Level> levels, double seconds) {}

  /** The cheapest levels; the batch as a whole where others save little. */
  Cheapest cheapest() {
    int last = sizes.size() - 1;
    int[][] before = new int[sizes.size()][nodes];
    double[] least = new double[sizes.size()];
    for (int node = 0; node < nodes; node++) {
      double[] next = new double[sizes.size()];
      for (int size = last; size >= 0; size--) {
        int from = node > 0 && narrow[node] ? cheapest(least, size) : size;
        before[size][node] = from;
        next[size] = least[from] + sizes.get(size).seconds()[node];
      }
      least = next;
    }
    int end = cheapest(least, last);
    double whole = Arrays.stream(sizes.get(last).seconds()).sum();
    return least[end] < (1 - WORTH_IT) * whole
        ? new Cheapest(levels(before, end), least[end])
        : new Cheapest(List.of(new Level(sizes.get(last).items(), nodes)), whole);
  }

  /** The cheapest of a size and all smaller ones; on equal cost the larger. */
  private static int cheapest(double[] seconds, int size) {
    int best = size;
    for (int smaller = size - 1; smaller >= 0; smaller--) {
      best = seconds[smaller] < seconds[best] ? smaller : best;
    }
    return best;
  }

  private List<Level> levels(int[][] before, int end) {
    ArrayDeque<Level> levels = new ArrayDeque<>();
    int size = sizes.size() - 1;
    int to = nodes;
    if (end != size) {
      levels.addFirst(new Level(sizes.get(size).items(), nodes));
      size = end;
    }
    for (int node = nodes - 1; node >= 0; node--) {
      int from = before[size][node];
      if (from != size) {
        levels.addFirst(new Level(sizes.get(size).items(), to));
        size = from;
        to = node;
      }
    }
    levels.addFirst(new Level(sizes.get(size).items(), to));
    return List.copyOf(levels);
  }
}
