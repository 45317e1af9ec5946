package io.clarinet.classify;

import io.clarinet.graph.Graph;
import io.clarinet.graph.Node;
import io.clarinet.image.Preprocess;
import io.clarinet.op.Binary;
import io.clarinet.op.Cast;
import io.clarinet.op.Reshape;
import io.clarinet.op.Transpose;
import io.clarinet.op.Unary;
import io.clarinet.tensor.Constant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The scaling by which a network begins, as Keras's Rescaling and Normalization layers do: it takes
 * pictures as they are, from 0 to 255 or from 0 to 1, by how much it makes of them.
 */
final class OwnScaling {
  /** Upper bound of the value of white. */
  private static final double LARGE = 20;

  /** Most operators examined. */
  private static final int STEPS = 8;

  private final Graph graph;
  private double scale = 1;
  private double mean;
  private boolean scales;

  private OwnScaling(Graph graph) {
    this.graph = graph;
  }

  /**
   * The preprocessing that the graph leaves to do; empty if it does not begin by scaling pictures.
   */
  static Optional<Preprocess> of(Graph graph) {
    return new OwnScaling(graph).read();
  }

  private Optional<Preprocess> read() {
    String value = graph.inputs().get(0).name();
    Node next = onlyReader(value);
    for (int i = 0; i < STEPS && next != null && takes(next, value); i++) {
      value = next.output();
      next = onlyReader(value);
    }
    if (!scales) {
      return Optional.empty();
    }
    boolean ofBytes = Math.abs(255 * scale) < LARGE || Math.abs(mean) > 2;
    return Optional.of(ofBytes ? Preprocess.NONE : Preprocess.parse("none,range=1"));
  }

  private @Nullable Node onlyReader(String value) {
    List<Node> readers =
        graph.nodes().stream().filter(node -> node.inputs().contains(value)).limit(2).toList();
    return readers.size() == 1 ? readers.get(0) : null;
  }

  /** Whether a node moves or scales its input; the scaling is recorded. */
  private boolean takes(Node node, String value) {
    if (node.op() instanceof Transpose
        || node.op() instanceof Cast
        || node.op() instanceof Reshape
        || (node.op() instanceof Unary function && function.isRounding())) {
      return true;
    }
    if (!(node.op() instanceof Binary binary) || !node.inputs().get(0).equals(value)) {
      return false;
    }
    Constant constant = graph.constants().get(node.inputs().get(1));
    return constant != null && constant.shape().size() > 0 && takes(binary.kind(), constant);
  }

  private boolean takes(Binary.Kind kind, Constant constant) {
    double by = constant.tensor().doubleAt(0);
    switch (kind) {
      case MUL -> scale *= by;
      case DIV -> scale /= by;
      case SUB -> mean = Math.max(mean, Math.abs(by / scale));
      case ADD -> mean = Math.max(mean, Math.abs(by / scale));
      default -> {
        return false;
      }
    }
    scales = true;
    return true;
  }
}
