package io.clarinet.pass;

import io.clarinet.graph.Graph;
import io.clarinet.graph.Node;
import io.clarinet.op.Binary;
import io.clarinet.op.Unary;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code x · (1 + erf(x / √2)) / 2}, as exporters write it in one of its orders, becomes one
 * function.
 */
public final class FuseGelu implements Pass {
  private static final Unary GELU = new Unary(Unary.Kind.GELU, 0, 0);
  private static final double TOLERANCE = 1e-6;

  @Override
  public Graph apply(Graph graph) {
    return new Rewriting(graph).result();
  }

  /**
   * A GELU of x in pieces.
   *
   * @param last makes its value; the others are read by nothing else
   */
  private record Match(String x, List<Node> others, Node last) {
    Node function() {
      return new Node(last.name(), GELU, List.of(x), last.outputs());
    }
  }

  /** One application. */
  private static final class Rewriting {
    private final Graph graph;
    private final Map<String, Fact> facts;
    private final Map<String, Integer> uses;
    private final Map<String, Node> producers;
    private final Map<String, Node> readers = new HashMap<>();

    Rewriting(Graph graph) {
      this.graph = graph;
      this.facts = graph.facts();
      this.uses = graph.uses();
      this.producers = graph.producers();
      graph.nodes().forEach(node -> node.inputs().forEach(i -> readers.put(i, node)));
    }

    Graph result() {
      Map<String, Node> fused = new HashMap<>();
      Set<Node> gone = new HashSet<>();
      for (Node node : graph.nodes()) {
        Match match = isErf(node) ? match(node) : null;
        if (match != null && shape(match.last.output()).equals(shape(match.x))) {
          gone.addAll(match.others);
          fused.put(match.last.output(), match.function());
        }
      }
      if (fused.isEmpty()) {
        return graph;
      }
      List<Node> nodes = new ArrayList<>();
      for (Node node : graph.nodes()) {
        if (!gone.contains(node)) {
          nodes.add(fused.getOrDefault(node.output(), node));
        }
      }
      return graph.with(graph.constants(), nodes);
    }

    private static boolean isErf(Node node) {
      return node.op() instanceof Unary unary && unary.kind() == Unary.Kind.ERF;
    }

    /** The nodes around the error function that make it a GELU, or null. */
    private @Nullable Match match(Node erf) {
      Node scaled = producers.get(erf.inputs().get(0));
      Node raised = reader(erf, Binary.Kind.ADD);
      Node product = raised == null ? null : reader(raised, Binary.Kind.MUL);
      if (scaled == null || isShared(scaled) || raised == null || product == null) {
        return null;
      }
      String x = root(scaled);
      if (x == null || !isBy(raised, erf.output(), 1)) {
        return null;
      }
      List<Node> others = new ArrayList<>(List.of(scaled, erf, raised));
      String factor = other(product, raised.output());
      if (factor.equals(x) || isNumber(factor, 0.5)) {
        others.add(product);
        return ending(x, others, product, factor.equals(x));
      }
      Node half = producers.get(factor);
      if (half == null || isShared(half) || !isHalf(half, x)) {
        return null;
      }
      others.add(half);
      return new Match(x, others, product);
    }

    /** The product by the factor that is left: a half, or x. */
    private @Nullable Match ending(String x, List<Node> others, Node product, boolean byHalf) {
      Node last = reader(product, Binary.Kind.MUL);
      if (last == null) {
        return null;
      }
      String factor = other(last, product.output());
      return (byHalf ? isNumber(factor, 0.5) : factor.equals(x))
          ? new Match(x, others, last)
          : null;
    }

    private boolean isShared(Node node) {
      return uses.getOrDefault(node.output(), 0) != 1;
    }

    private Shape shape(String value) {
      return Objects.requireNonNull(facts.get(value), value).shape();
    }

    /** What is divided by √2, or null. */
    private @Nullable String root(Node node) {
      if (is(node, Binary.Kind.DIV) && isNumber(node.inputs().get(1), Math.sqrt(2))) {
        return node.inputs().get(0);
      }
      for (String input : node.inputs()) {
        if (is(node, Binary.Kind.MUL) && isBy(node, input, Math.sqrt(0.5))) {
          return input;
        }
      }
      return null;
    }

    private boolean isHalf(Node node, String x) {
      return (is(node, Binary.Kind.MUL) && node.inputs().contains(x) && isBy(node, x, 0.5))
          || (is(node, Binary.Kind.DIV)
              && node.inputs().get(0).equals(x)
              && isNumber(node.inputs().get(1), 2));
    }

    /** The only node that reads a node's output, if it is of this kind; else null. */
    private @Nullable Node reader(Node node, Binary.Kind kind) {
      Node reader = readers.get(node.output());
      return reader != null && !isShared(node) && is(reader, kind) ? reader : null;
    }

    private static boolean is(Node node, Binary.Kind kind) {
      return node.op() instanceof Binary binary
          && binary.kind() == kind
          && binary.activation() == null;
    }

    private static String other(Node node, String value) {
      return node.inputs().get(node.inputs().get(0).equals(value) ? 1 : 0);
    }

    private boolean isBy(Node node, String value, double number) {
      return isNumber(other(node, value), number);
    }

    private boolean isNumber(String value, double number) {
      Constant constant = graph.constants().get(value);
      return constant != null
          && constant.shape().size() == 1
          && Math.abs(constant.tensor().doubleAt(0) - number) < TOLERANCE;
    }
  }
}
