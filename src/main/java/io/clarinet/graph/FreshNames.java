package io.clarinet.graph;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Names for values added to those of a file or graph, distinct from all of theirs. */
public final class FreshNames {
  /** Most characters of a node's name in a value's: a node of many inputs makes many values. */
  private static final int MAX_PREFIX = 64;

  private final Set<String> defined;
  private final Set<String> reserved = new HashSet<>();
  private final Map<String, Integer> last = new HashMap<>();

  /**
   * @param defined the names in use, as their owner keeps them
   */
  public FreshNames(Set<String> defined) {
    this.defined = defined;
  }

  /** Names beside all values of a graph. */
  public static FreshNames beside(Graph graph) {
    Set<String> defined = new HashSet<>(graph.constants().keySet());
    graph.inputs().forEach(input -> defined.add(input.name()));
    graph.nodes().forEach(node -> defined.addAll(node.outputs()));
    return new FreshNames(defined);
  }

  /** Reserves names that will be defined later. */
  public void reserve(Collection<String> names) {
    reserved.addAll(names);
  }

  /** Releases a reserved name to its owner. */
  public void release(String name) {
    reserved.remove(name);
  }

  /** An unused name, each number tried once a node: {@code node/1} and so on. */
  public String next(String node) {
    String prefix = node.length() > MAX_PREFIX ? node.substring(0, MAX_PREFIX) + "…" : node;
    String name;
    do {
      name = prefix + "/" + last.merge(prefix, 1, Integer::sum);
    } while (isTaken(name));
    return name;
  }

  /** The name itself if unused, else the next one made of it. */
  public String free(String wanted) {
    return isTaken(wanted) ? next(wanted) : wanted;
  }

  private boolean isTaken(String name) {
    return defined.contains(name) || reserved.contains(name);
  }
}
