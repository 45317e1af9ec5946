package io.clarinet.pass;

import io.clarinet.graph.FreshNames;
import io.clarinet.graph.Graph;
import io.clarinet.graph.Node;
import io.clarinet.op.Binary;
import io.clarinet.op.Dense;
import io.clarinet.op.Epilogue;
import io.clarinet.op.MatMul;
import io.clarinet.op.Reshape;
import io.clarinet.op.Transpose;
import io.clarinet.op.Unary;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code matmul(x, weights)} of more axes than two becomes a dense layer over the rows of all of
 * x's outer axes, with what follows in its epilogue: a bias, a residual, an activation. The weights
 * may be transposed on their way.
 */
public final class MatMulToDense implements Pass {

  @Override
  public Graph apply(Graph graph) {
    return new Rewriting(graph).result();
  }

  /** Weights, and whether a row of them makes one output. */
  private record Weights(String name, Shape shape, boolean transposed) {
    int outputs() {
      return shape.dim(transposed ? 0 : 1);
    }
  }

  /** A product and the nodes that its layer takes in. */
  private static final class Layer {
    private final Weights weights;
    private final String x;
    private Node last;
    private Epilogue epilogue = Epilogue.NONE;
    private String bias = "";
    private String residual = "";

    Layer(Node product, Weights weights) {
      this.weights = weights;
      this.x = product.inputs().get(0);
      this.last = product;
    }
  }

  /** One application. */
  private static final class Rewriting {
    private final Graph graph;
    private final Map<String, Fact> facts;
    private final Map<String, Integer> uses;
    private final Map<String, Node> producers;
    private final Map<String, Node> readers = new HashMap<>();
    private final FreshNames fresh;
    private final Map<Node, Layer> layers = new HashMap<>();
    private final Set<Node> gone = new HashSet<>();

    Rewriting(Graph graph) {
      this.graph = graph;
      this.facts = graph.facts();
      this.uses = graph.uses();
      this.producers = graph.producers();
      this.fresh = FreshNames.beside(graph);
      graph.nodes().forEach(node -> node.inputs().forEach(i -> readers.put(i, node)));
    }

    Graph result() {
      for (Node node : graph.nodes()) {
        Weights weights = weights(node);
        if (weights != null) {
          take(node, new Layer(node, weights));
        }
      }
      if (layers.isEmpty()) {
        return graph;
      }
      List<Node> nodes = new ArrayList<>();
      for (Node node : graph.nodes()) {
        Layer layer = layers.get(node);
        if (layer != null) {
          write(layer, nodes);
        } else if (!gone.contains(node)) {
          nodes.add(node);
        }
      }
      return graph.with(graph.constants(), nodes);
    }

    private Shape shape(String value) {
      return Objects.requireNonNull(facts.get(value), value).shape();
    }

    /** The weights of a product that a dense layer can make, or null. */
    private @Nullable Weights weights(Node node) {
      if (!(node.op() instanceof MatMul) || shape(node.inputs().get(0)).rank() < 3) {
        return null;
      }
      String right = node.inputs().get(1);
      Node producer = producers.get(right);
      boolean transposed =
          producer != null
              && producer.op() instanceof Transpose op
              && shape(right).rank() == 2
              && op.axes(2).equals(List.of(1, 0));
      String name = transposed ? Objects.requireNonNull(producer).inputs().get(0) : right;
      Constant constant = graph.constants().get(name);
      return constant != null
              && constant.shape().rank() == 2
              && constant.type() == ElementType.FLOAT32
          ? new Weights(name, constant.shape(), transposed)
          : null;
    }

    /** Takes in the nodes behind the product as far as the layer's epilogue does the same. */
    private void take(Node product, Layer layer) {
      gone.add(product);
      Node reader = onlyReader(product.output());
      while (reader != null && takes(layer, layer.last.output(), reader)) {
        gone.add(reader);
        layer.last = reader;
        reader = onlyReader(reader.output());
      }
      layers.put(layer.last, layer);
    }

    /** The node that alone reads a value and that no layer has taken in, or null. */
    private @Nullable Node onlyReader(String value) {
      Node reader = readers.get(value);
      return reader == null || uses.getOrDefault(value, 0) != 1 || gone.contains(reader)
          ? null
          : reader;
    }

    private boolean takes(Layer layer, String value, Node reader) {
      if (layer.epilogue.activation() != null) {
        return false;
      }
      if (reader.op() instanceof Unary function) {
        layer.epilogue = layer.epilogue.with(function);
        return true;
      }
      boolean sum =
          reader.op() instanceof Binary binary
              && binary.kind() == Binary.Kind.ADD
              && binary.activation() == null;
      return sum && takesAddend(layer, value, reader);
    }

    private boolean takesAddend(Layer layer, String value, Node sum) {
      String other = sum.inputs().get(sum.inputs().get(0).equals(value) ? 1 : 0);
      Shape shape = shape(other);
      boolean known = graph.constants().containsKey(other);
      boolean vector = shape.rank() > 0 && shape.size() == shape.dim(-1);
      if (layer.epilogue.residual()) {
        return false;
      }
      if (known && vector && shape.dim(-1) == layer.weights.outputs() && layer.bias.isEmpty()) {
        layer.bias = other;
        layer.epilogue = layer.epilogue.withBias();
        return true;
      }
      if (known || !shape.equals(shape(value))) {
        return false;
      }
      layer.residual = other;
      layer.epilogue = layer.epilogue.withResidual();
      return true;
    }

    private void write(Layer layer, List<Node> nodes) {
      List<String> inputs = new ArrayList<>(List.of(rows(layer.x, nodes), layer.weights.name()));
      if (layer.epilogue.bias()) {
        inputs.add(layer.bias);
      }
      if (layer.epilogue.residual()) {
        inputs.add(rows(layer.residual, nodes));
      }
      String y = layer.last.output();
      String flat = fresh.free(y + ".rows");
      Dense op = new Dense(layer.weights.transposed(), layer.epilogue);
      nodes.add(new Node(layer.last.name(), op, inputs, List.of(flat)));
      nodes.add(new Node(y, reshape(shape(y)), List.of(flat), List.of(y)));
    }

    /** A value's rows, as a matrix. */
    private String rows(String value, List<Node> nodes) {
      Shape shape = shape(value);
      String rows = fresh.next(value);
      Reshape flat = reshape(Shape.of(shape.size(0, shape.rank() - 1), shape.dim(-1)));
      nodes.add(new Node(rows, flat, List.of(value), List.of(rows)));
      return rows;
    }

    private static Reshape reshape(Shape shape) {
      List<Long> extents = Arrays.stream(shape.dims()).mapToObj(Long::valueOf).toList();
      return new Reshape(new Reshape.Rule.To(extents, true));
    }
  }
}
