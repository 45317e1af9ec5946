package io.clarinet.graph;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Names for values that are made between those of a file or graph, and never one of theirs. */
public final class FreshNames {
  /** A node of many inputs makes many values; each takes this much of its name and no more. */
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

  /** Keeps names free that will be defined later. */
  public void reserve(Collection<String> names) {
    reserved.addAll(names);
  }

  /** Lets whoever a name was reserved for have it. */
  public void release(String name) {
    reserved.remove(name);
  }

  /** A name in nobody's use, each number tried once a node: {@code node/1} and so on. */
  public String next(String node) {
    String prefix = node.length() > MAX_PREFIX ? node.substring(0, MAX_PREFIX) + "…" : node;
    String name;
    do {
      name = prefix + "/" + last.merge(prefix, 1, Integer::sum);
    } while (isTaken(name));
    return name;
  }

  /** The name itself where it is in nobody's use, else the next one made of it. */
  public String free(String wanted) {
    return isTaken(wanted) ? next(wanted) : wanted;
  }

  private boolean isTaken(String name) {
    return defined.contains(name) || reserved.contains(name);
  }
}
