package io.clarinet.importer.onnx;

import io.clarinet.importer.onnx.proto.NodeProto;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** The nodes that the wanted values need, in an order in which they can run. */
final class NodeOrder {
  private final List<NodeProto> nodes;
  private final List<List<String>> reads;
  private final Map<String, Integer> producers = new HashMap<>();

  NodeOrder(List<NodeProto> nodes) {
    this.nodes = nodes;
    this.reads = nodes.stream().map(InnerGraphs::reads).toList();
    for (int i = 0; i < nodes.size(); i++) {
      for (String output : nodes.get(i).outputs()) {
        if (!output.isEmpty() && producers.put(output, i) != null) {
          throw new IllegalArgumentException("value \"" + output + "\" is defined twice");
        }
      }
    }
  }

  /** The file's own order as far as it is valid. */
  List<NodeProto> needed(List<String> wanted) {
    int[] waiting = waiting(wanted);
    List<List<Integer>> users = users(waiting);
    PriorityQueue<Integer> ready = new PriorityQueue<>();
    for (int i = 0; i < waiting.length; i++) {
      if (waiting[i] == 0) {
        ready.add(i);
      }
    }
    List<NodeProto> ordered = new ArrayList<>();
    while (!ready.isEmpty()) {
      int next = ready.remove();
      ordered.add(nodes.get(next));
      for (int user : users.get(next)) {
        if (--waiting[user] == 0) {
          ready.add(user);
        }
      }
    }
    for (int i = 0; i < waiting.length; i++) {
      if (waiting[i] > 0) {
        throw new IllegalArgumentException(
            "node \"" + OnnxNode.name(nodes.get(i)) + "\" depends on itself");
      }
    }
    return ordered;
  }

  /** Number of each node's inputs that other nodes make; -1 for nodes that nothing needs. */
  private int[] waiting(List<String> wanted) {
    int[] waiting = new int[nodes.size()];
    Arrays.fill(waiting, -1);
    Deque<Integer> open = new ArrayDeque<>();
    wanted.forEach(value -> need(value, waiting, open));
    while (!open.isEmpty()) {
      reads.get(open.remove()).forEach(value -> need(value, waiting, open));
    }
    for (int i = 0; i < waiting.length; i++) {
      if (waiting[i] == 0) {
        waiting[i] = (int) reads.get(i).stream().filter(producers::containsKey).count();
      }
    }
    return waiting;
  }

  private void need(String value, int[] waiting, Deque<Integer> open) {
    Integer producer = producers.get(value);
    if (producer != null && waiting[producer] < 0) {
      waiting[producer] = 0;
      open.add(producer);
    }
  }

  private List<List<Integer>> users(int[] waiting) {
    List<List<Integer>> users = new ArrayList<>();
    nodes.forEach(node -> users.add(new ArrayList<>()));
    for (int i = 0; i < waiting.length; i++) {
      if (waiting[i] > 0) {
        for (String input : reads.get(i)) {
          Integer producer = producers.get(input);
          if (producer != null) {
            users.get(producer).add(i);
          }
        }
      }
    }
    return users;
  }
}
