package io.clarinet.pass;

import io.clarinet.graph.Graph;
import io.clarinet.graph.GraphException;
import io.clarinet.graph.Input;
import io.clarinet.graph.Node;
import io.clarinet.op.Reshape;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Splat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Lets a graph that fixes its batch size take any. Input extents open, and reshapes that repeat the
 * batch size copy it instead; then every value that depends on an input must hold one item for each
 * of the batch, and no operator may look across items.
 */
public final class OpenBatch {
  private static final int LIKELY_EXTENT = 224;
  private final Graph graph;
  private final int batch;
  private final Set<String> dependent = new HashSet<>();

  private OpenBatch(Graph graph, int batch) {
    this.graph = graph;
    this.batch = batch;
    graph.inputs().forEach(i -> dependent.add(i.name()));
    for (Node node : graph.nodes()) {
      if (node.inputs().stream().anyMatch(dependent::contains)) {
        dependent.addAll(node.outputs());
      }
    }
  }

  /**
   * The opened graph; the same object if nothing is fixed.
   *
   * @throws GraphException naming what keeps the items of a batch from being independent
   */
  public static Graph apply(Graph graph) {
    for (Input input : graph.inputs()) {
      if (input.dims().isEmpty()) {
        throw new GraphException("input " + input + " has no batch axis");
      }
    }
    List<Integer> fixed =
        graph.inputs().stream()
            .map(i -> i.dims().get(0))
            .filter(extent -> extent != Input.UNKNOWN)
            .distinct()
            .toList();
    if (fixed.isEmpty()) {
      return graph;
    }
    if (fixed.size() > 1) {
      throw new GraphException("inputs " + graph.inputs() + " differ in their first extents");
    }
    OpenBatch rewrite = new OpenBatch(graph, fixed.get(0));
    Graph open = rewrite.opened();
    rewrite.check(open);
    return open;
  }

  private Graph opened() {
    return new Graph(
        graph.name(),
        graph.inputs().stream().map(OpenBatch::open).toList(),
        graph.outputs(),
        graph.constants(),
        graph.nodes().stream().map(this::copyingBatch).toList(),
        graph.metadata());
  }

  private static Input open(Input input) {
    List<Integer> dims = new ArrayList<>(input.dims());
    dims.set(0, Input.UNKNOWN);
    return new Input(input.name(), input.type(), dims);
  }

  private Node copyingBatch(Node node) {
    boolean fixed =
        node.op() instanceof Reshape reshape
            && reshape.rule() instanceof Reshape.Rule.To to
            && !to.allowZero()
            && !to.extents().isEmpty()
            && to.extents().get(0) == batch
            && dependent.contains(node.inputs().get(0));
    if (!fixed) {
      return node;
    }
    List<Long> extents =
        new ArrayList<>(((Reshape.Rule.To) ((Reshape) node.op()).rule()).extents());
    extents.set(0, 0L);
    Reshape copying = new Reshape(new Reshape.Rule.To(extents, false));
    return new Node(node.name(), copying, node.inputs(), node.outputs());
  }

  private void check(Graph open) {
    Map<String, Fact> once = facts(open, batch);
    Map<String, Fact> twice = facts(open, 2 * batch);
    for (Node node : open.nodes()) {
      List<String> computed =
          node.outputs().stream()
              .filter(dependent::contains)
              .filter(o -> !(fact(once, o).isConstant() && fact(twice, o).isConstant()))
              .toList();
      computed.forEach(o -> requirePerItem(node, fact(once, o).shape(), fact(twice, o).shape()));
      if (!computed.isEmpty() && !keepsItemsApart(node, once, twice)) {
        throw new GraphException(
            node, "works across the items of a batch: it fits a batch of " + batch + " only");
      }
    }
  }

  private void requirePerItem(Node node, Shape once, Shape twice) {
    boolean perItem = once.rank() > 0 && once.n() == batch && twice.equals(once.with(0, 2 * batch));
    if (!perItem) {
      throw new GraphException(
          node,
          "makes %s of a batch of %d and %s of one of %d, not one result per item"
              .formatted(once, batch, twice, 2 * batch));
    }
  }

  private boolean keepsItemsApart(Node node, Map<String, Fact> once, Map<String, Fact> twice) {
    List<Fact> inputs =
        node.inputs().stream().map(i -> itemsOrConstant(i, fact(once, i), fact(twice, i))).toList();
    List<Fact> outputs = node.outputs().stream().map(o -> fact(twice, o)).toList();
    return node.op().keepsItemsApart(inputs, outputs);
  }

  /**
   * The fact of a value for {@code keepsItemsApart}: open, so holding items, where its shape grows
   * with the batch; else a constant, even where it is weights still to be computed from others.
   */
  private Fact itemsOrConstant(String value, Fact once, Fact twice) {
    if (dependent.contains(value) && !once.shape().equals(twice.shape())) {
      return Fact.of(twice.type(), twice.shape());
    }
    return twice.isConstant() ? twice : Fact.of(new Splat(twice.type(), twice.shape(), 0));
  }

  private static Fact fact(Map<String, Fact> facts, String value) {
    return Objects.requireNonNull(facts.get(value), value);
  }

  private static Map<String, Fact> facts(Graph open, int batch) {
    Map<String, Shape> shapes = new HashMap<>();
    open.inputs().forEach(i -> shapes.put(i.name(), i.shape(LIKELY_EXTENT).with(0, batch)));
    return open.specialised(shapes).facts();
  }
}
