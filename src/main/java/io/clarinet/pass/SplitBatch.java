package io.clarinet.pass;

import io.clarinet.graph.FreshNames;
import io.clarinet.graph.Graph;
import io.clarinet.graph.Node;
import io.clarinet.op.Concat;
import io.clarinet.op.Slice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs a network's front on a few batch items at a time and its back on more: the nodes of each
 * level once per part, a level's results put together for the next. Values of a part are named by
 * their items, as {@code conv1[2:4]}.
 *
 * <p>For graphs whose items are independent ({@link BatchItems}).
 *
 * @param batch items of every input
 * @param levels from the front of the network to its back
 * @param strands that the batch is dealt out to, each of which runs on a share of the cores; the
 *     last level but one has as many parts, or divides these
 */
public record SplitBatch(int batch, List<Level> levels, int strands) implements Pass {
  private static final String ITEMS = ":items";

  /**
   * A stretch of nodes.
   *
   * @param items of a part; divides the next level's, and the last one's is the batch
   * @param end number of the first node behind
   */
  public record Level(int items, int end) {}

  /** Without strands. */
  public SplitBatch(int batch, List<Level> levels) {
    this(batch, levels, 1);
  }

  public SplitBatch {
    levels = List.copyOf(levels);
    int inner = 1;
    for (Level level : levels) {
      if (level.items() % inner != 0) {
        throw new IllegalArgumentException("parts do not divide each other: " + levels);
      }
      inner = level.items();
    }
    if (inner != batch) {
      throw new IllegalArgumentException("the last level is not the batch: " + levels);
    }
    requireStrands(batch, levels, strands);
  }

  private static void requireStrands(int batch, List<Level> levels, int strands) {
    boolean holds =
        strands == 1
            || levels.size() > 1
                && batch % strands == 0
                && batch / strands % levels.get(levels.size() - 2).items() == 0;
    if (!holds) {
      throw new IllegalArgumentException(levels + " do not make up " + strands + " strands");
    }
  }

  @Override
  public Graph apply(Graph graph) {
    if (levels.size() == 1) {
      return graph;
    }
    Writing writing = new Writing(graph);
    writing.emit(levels.size() - 1, 0);
    return graph.with(graph.constants(), writing.nodes);
  }

  /** One application. */
  private final class Writing {
    private final Graph graph;
    private final List<Node> nodes = new ArrayList<>();
    private final Set<String> sliced = new HashSet<>();
    private final Map<String, Integer> producers = new HashMap<>();
    private final List<Set<String>> crossing = new ArrayList<>();
    private final FreshNames fresh;
    private final Map<String, String> names = new HashMap<>();

    Writing(Graph graph) {
      this.graph = graph;
      this.fresh = FreshNames.beside(graph);
      for (int i = 0; i < graph.nodes().size(); i++) {
        int index = i;
        graph.nodes().get(i).outputs().forEach(o -> producers.put(o, index));
      }
      levels.forEach(level -> crossing.add(crossing(level.end())));
    }

    /** Values made before a node and needed from there on. */
    private Set<String> crossing(int end) {
      Set<String> needed = new LinkedHashSet<>(graph.outputs());
      for (Node node : graph.nodes().subList(end, graph.nodes().size())) {
        needed.addAll(node.inputs());
      }
      needed.removeIf(value -> producers.getOrDefault(value, Integer.MAX_VALUE) >= end);
      return needed;
    }

    /** A level's nodes, and all that they need of the levels before, for the items from one on. */
    private void emit(int index, int first) {
      Level level = levels.get(index);
      int start = 0;
      if (index > 0) {
        Level inner = levels.get(index - 1);
        start = inner.end();
        for (int item = first; item < first + level.items(); item += inner.items()) {
          emit(index - 1, item);
        }
        crossing.get(index - 1).forEach(value -> join(value, index, first));
      }
      for (Node node : graph.nodes().subList(start, level.end())) {
        node.inputs().forEach(input -> slice(input, level, first));
        nodes.add(
            new Node(
                name(node.name(), level, first),
                node.op(),
                node.inputs().stream().map(i -> value(i, level, first)).toList(),
                node.outputs().stream().map(o -> value(o, level, first)).toList(),
                part(node.name(), level, first)));
      }
    }

    private void join(String value, int index, int first) {
      Level level = levels.get(index);
      Level inner = levels.get(index - 1);
      List<String> parts = new ArrayList<>();
      for (int item = first; item < first + level.items(); item += inner.items()) {
        parts.add(value(value, inner, item));
      }
      String whole = value(value, level, first);
      nodes.add(
          new Node(
              whole + ITEMS,
              new Concat(0),
              parts,
              List.of(whole),
              part(value + ITEMS, level, first)));
    }

    private void slice(String input, Level level, int first) {
      String some = value(input, level, first);
      if (graph.input(input) != null && !some.equals(input) && sliced.add(some)) {
        Slice.Range items = new Slice.Range(0, first, first + level.items(), 1);
        nodes.add(
            new Node(
                some,
                new Slice(List.of(items)),
                List.of(input),
                List.of(some),
                part(input, level, first)));
      }
    }

    private String value(String value, Level level, int first) {
      return graph.constants().containsKey(value) || level.items() == batch
          ? value
          : names.computeIfAbsent(name(value, level, first), fresh::free);
    }

    private String name(String whole, Level level, int first) {
      return level.items() == batch
          ? whole
          : whole + "[" + first + ":" + (first + level.items()) + "]";
    }

    private Node.@Nullable Part part(String layer, Level level, int first) {
      return level.items() == batch
          ? null
          : new Node.Part(layer, first, first + level.items(), strand(first));
    }

    private Node.Strand strand(int item) {
      return new Node.Strand(item / (batch / strands), strands);
    }
  }
}
