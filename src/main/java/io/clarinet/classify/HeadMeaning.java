package io.clarinet.classify;

import io.clarinet.classify.Head.Meaning;
import io.clarinet.graph.Graph;
import io.clarinet.graph.Node;
import io.clarinet.op.Binary;
import io.clarinet.op.Cast;
import io.clarinet.op.Concat;
import io.clarinet.op.Dropout;
import io.clarinet.op.FusedActivation;
import io.clarinet.op.Op;
import io.clarinet.op.Reduce;
import io.clarinet.op.Reshape;
import io.clarinet.op.Slice;
import io.clarinet.op.Softmax;
import io.clarinet.op.Transpose;
import io.clarinet.op.Unary;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of a value by the operators that make it: probabilities, or scores without bounds.
 */
final class HeadMeaning {
  /** Operators looked at, from the output backwards; a head is shorter. */
  private static final int DEPTH = 10;

  private final Map<String, Node> producers;
  private final Map<String, Fact> facts;
  private final int batch;

  /**
   * @param facts of the graph's values
   * @param batch the batch size that they are of
   */
  HeadMeaning(Graph graph, Map<String, Fact> facts, int batch) {
    this.producers = graph.producers();
    this.facts = facts;
    this.batch = batch;
  }

  /** The last node that computes with a value, not only moves it, or null for a graph input. */
  @Nullable Node last(String value) {
    Node node = producers.get(value);
    while (node != null && isMove(node.op())) {
      node = producers.get(node.inputs().get(0));
    }
    return node;
  }

  /** SOFTMAX, LOG_SOFTMAX, SIGMOIDS or LOGITS, whatever the number of classes. */
  Meaning of(String value) {
    return of(value, DEPTH);
  }

  private Meaning of(String value, int depth) {
    Node node = producers.get(value);
    if (node == null || depth == 0) {
      return Meaning.LOGITS;
    }
    if (node.op() instanceof Softmax softmax) {
      return ofSoftmax(node, softmax);
    }
    Unary function = function(node);
    if (function != null) {
      return ofFunction(function, node, depth);
    }
    if (passesOn(node)) {
      return common(node, depth);
    }
    return isShare(node) ? Meaning.SOFTMAX : Meaning.LOGITS;
  }

  /** No probabilities are made by a softmax over a part of a picture's scores only. */
  private Meaning ofSoftmax(Node node, Softmax softmax) {
    Shape shape = fact(node.output()).shape();
    if (softmax.extent(shape) != shape.size() / batch || softmax.stride(shape) != 1) {
      return Meaning.LOGITS;
    }
    return softmax.log() ? Meaning.LOG_SOFTMAX : Meaning.SOFTMAX;
  }

  /** The function that a node applies last, or null. */
  static @Nullable Unary function(Node node) {
    if (node.op() instanceof Unary function) {
      return function;
    }
    return node.op() instanceof FusedActivation activated ? activated.activation() : null;
  }

  private Meaning ofFunction(Unary function, Node node, int depth) {
    return switch (function.kind()) {
      case SIGMOID, HARD_SIGMOID -> Meaning.SIGMOIDS;
      case EXP ->
          of(node.inputs().get(0), depth - 1) == Meaning.LOG_SOFTMAX
              ? Meaning.SOFTMAX
              : Meaning.LOGITS;
      case LOG ->
          of(node.inputs().get(0), depth - 1) == Meaning.SOFTMAX
              ? Meaning.LOG_SOFTMAX
              : Meaning.LOGITS;
      case CLIP -> ofClip(function, node, depth);
      case FLOAT16, BFLOAT16 -> of(node.inputs().get(0), depth - 1);
      default -> Meaning.LOGITS;
    };
  }

  private Meaning ofClip(Unary clip, Node node, int depth) {
    boolean unit = clip.lo() >= 0 && clip.hi() <= 1;
    Meaning inner = of(node.inputs().get(0), depth - 1);
    return unit && inner == Meaning.LOGITS ? Meaning.SIGMOIDS : inner;
  }

  /** Whether a node moves or joins probabilities without changing them. */
  private boolean passesOn(Node node) {
    if (node.op() instanceof Binary binary) {
      boolean linear =
          Set.of(Binary.Kind.ADD, Binary.Kind.SUB, Binary.Kind.MUL).contains(binary.kind());
      return linear || (binary.kind() == Binary.Kind.DIV && isConstant(node.inputs().get(1)));
    }
    return isMove(node.op())
        || node.op() instanceof Concat
        || node.op() instanceof Slice
        || (node.op() instanceof Reduce reduce && reduce.kind() == Reduce.Kind.MEAN);
  }

  /** Whether an operator only moves values, or rounds them. */
  static boolean isMove(Op op) {
    return op instanceof Reshape
        || op instanceof Transpose
        || op instanceof Dropout
        || op instanceof Cast
        || (op instanceof Unary function && function.isRounding());
  }

  /** The meaning common to all inputs that are no constants; LOGITS where they differ. */
  private Meaning common(Node node, int depth) {
    List<String> open = node.inputs().stream().filter(i -> !isConstant(i)).toList();
    Set<Meaning> meanings = open.stream().map(i -> of(i, depth - 1)).collect(Collectors.toSet());
    return meanings.size() == 1 ? meanings.iterator().next() : Meaning.LOGITS;
  }

  /** Whether a node divides a value by the value's sum. */
  private boolean isShare(Node node) {
    if (!(node.op() instanceof Binary binary) || binary.kind() != Binary.Kind.DIV) {
      return false;
    }
    Node divisor = producers.get(node.inputs().get(1));
    return divisor != null
        && divisor.op() instanceof Reduce sum
        && sum.kind() == Reduce.Kind.SUM
        && divisor.inputs().get(0).equals(node.inputs().get(0));
  }

  /** Whether a node divides a value by the value's length. */
  boolean isUnitVector(Node node) {
    if (!(node.op() instanceof Binary binary) || binary.kind() != Binary.Kind.DIV) {
      return false;
    }
    Node divisor = producers.get(node.inputs().get(1));
    for (int i = 0; i < DEPTH && divisor != null; i++) {
      if (divisor.op() instanceof Reduce length) {
        return length.kind() == Reduce.Kind.L2 || length.kind() == Reduce.Kind.SUM_SQUARE;
      }
      divisor = producers.get(divisor.inputs().get(0));
    }
    return false;
  }

  private boolean isConstant(String value) {
    return fact(value).isConstant();
  }

  private Fact fact(String value) {
    return java.util.Objects.requireNonNull(facts.get(value));
  }
}
