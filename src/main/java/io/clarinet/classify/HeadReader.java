package io.clarinet.classify;

import io.clarinet.classify.Head.Meaning;
import io.clarinet.graph.Graph;
import io.clarinet.graph.GraphException;
import io.clarinet.graph.Input;
import io.clarinet.graph.Node;
import io.clarinet.op.ArgMax;
import io.clarinet.op.Softmax;
import io.clarinet.op.Unary;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Reads from a graph what its output means to a classifier, by its shape and its last operators.
 */
public final class HeadReader {
  private final Graph graph;
  private final String output;
  private final int batch;
  private final List<Integer> picture;

  private HeadReader(Graph graph, List<Integer> dims) {
    this.graph = graph;
    this.output = graph.outputs().get(0);
    this.batch = dims.get(0) == Input.UNKNOWN ? 1 : dims.get(0);
    this.picture = dims.subList(1, dims.size());
  }

  /**
   * A head, and how a batch lies in the output.
   *
   * @param rows whether the output has a row for each picture of a batch; if not, each runs alone
   */
  public record Reading(Head head, boolean rows) {}

  /**
   * Reads a graph's head.
   *
   * @param dims of its one input, with every extent but the batch known
   * @throws ClassifierException saying what the output is, if it is no scores of classes
   */
  public static Reading read(Graph graph, List<Integer> dims) {
    return new HeadReader(graph, dims).read(dims.get(0) == Input.UNKNOWN);
  }

  private Reading read(boolean open) {
    Map<String, Fact> facts = facts(batch);
    Fact fact = Objects.requireNonNull(facts.get(output));
    refuseBoxes(facts);
    refuseSeveral();
    refuseOtherThanScores(fact);
    int scores = scores(fact.shape());
    boolean rows = open ? grows(fact.shape()) : fact.shape().rank() > 0;
    HeadMeaning meanings = new HeadMeaning(graph, facts, batch);
    Node last = meanings.last(output);
    if (last == null) {
      throw no("its input, which no layer has read");
    }
    Meaning meaning =
        scores == 1
            ? single(meanings.of(output), last, rows)
            : several(meanings.of(output), last, meanings);
    String assumption = Assumption.of(meaning, scores, last, rows || batch > 1);
    return new Reading(new Head(meaning, scores == 1 ? 2 : scores, assumption), rows);
  }

  private Map<String, Fact> facts(int size) {
    int[] dims = new int[picture.size() + 1];
    dims[0] = size;
    for (int i = 1; i < dims.length; i++) {
      dims[i] = picture.get(i - 1);
    }
    return graph.specialised(Map.of(graph.inputs().get(0).name(), Shape.of(dims))).facts();
  }

  private void refuseOtherThanScores(Fact fact) {
    if (!fact.type().isFloatingPoint()) {
      Node node = graph.producers().get(output);
      boolean index = node != null && node.op() instanceof ArgMax;
      throw no("%s numbers%s".formatted(fact.type(), index ? ", the classes by ArgMax" : ""));
    }
  }

  /** Refuses a detector: beside its scores, another output has four numbers a row. */
  private void refuseBoxes(Map<String, Fact> facts) {
    for (String other : graph.outputs().subList(1, graph.outputs().size())) {
      Shape shape = Objects.requireNonNull(facts.get(other)).shape();
      if (shape.rank() == 3 && shape.dim(1) > 1 && shape.dim(2) == 4) {
        throw no("a detector's, whose \"%s\" are boxes, %s".formatted(other, shape));
      }
    }
  }

  private void refuseSeveral() {
    if (graph.outputs().size() > 1) {
      throw several(graph);
    }
  }

  /** The refusal of a graph that does not tell which of its outputs holds the scores. */
  static ClassifierException several(Graph graph) {
    return ClassifierException.noClassifier(
        "%s has %d outputs, \"%s\"; say which holds the scores with --scores, or by Model.withOutputs"
            .formatted(
                graph.name(), graph.outputs().size(), String.join("\", \"", graph.outputs())));
  }

  /** Number of scores a picture: all extents but the batch's and one are 1. */
  private int scores(Shape shape) {
    boolean batched = shape.rank() > 0 && shape.dim(0) == batch;
    int[] wide =
        IntStream.range(batched ? 1 : 0, shape.rank())
            .map(shape::dim)
            .filter(extent -> extent != 1)
            .toArray();
    if (wide.length > 1) {
      throw no(shape + (wide.length == 2 ? ", a table for a picture" : ", pictures themselves"));
    }
    if (batch > 1 && !batched) {
      throw no("%s for %d pictures, not a row for each".formatted(shape, batch));
    }
    return wide.length == 0 ? 1 : wide[0];
  }

  /** Whether the output has a row for each picture of a batch. */
  private boolean grows(Shape one) {
    if (one.rank() == 0 || one.dim(0) != 1) {
      return false;
    }
    int[] expected = one.dims();
    expected[0] = 2;
    try {
      return Arrays.equals(Objects.requireNonNull(facts(2).get(output)).shape().dims(), expected);
    } catch (GraphException e) {
      return false;
    }
  }

  /** The meaning of a single score. */
  private Meaning single(Meaning meaning, Node last, boolean rows) {
    if (last.op() instanceof Softmax) {
      throw no("a softmax over one class (\"%s\"), which is always 1".formatted(last.name()));
    }
    if (meaning == Meaning.SIGMOIDS || meaning == Meaning.SOFTMAX) {
      return Meaning.SIGMOID;
    }
    if (meaning == Meaning.LOG_SOFTMAX || HeadMeaning.function(last) != null || !rows) {
      throw no(
          "one number (the last operator is %s), a measure and no class".formatted(text(last)));
    }
    return Meaning.LOGIT;
  }

  private Meaning several(Meaning meaning, Node last, HeadMeaning meanings) {
    if (meaning == Meaning.LOGITS && last.op() instanceof Softmax) {
      throw no("a softmax that goes not over the classes (\"%s\")".formatted(last.name()));
    }
    if (meanings.isUnitVector(last)) {
      throw no("a vector of length 1 (\"%s\"), an embedding".formatted(last.name()));
    }
    return meaning;
  }

  /** A node for people. */
  static String text(Node node) {
    Unary function = HeadMeaning.function(node);
    String operator =
        function == null ? node.op().name() : function.kind().name().toLowerCase(Locale.ROOT);
    return operator + " \"" + node.name() + "\"";
  }

  private ClassifierException no(String what) {
    return ClassifierException.noClassifier(
        "%s is no classifier: its output \"%s\" is %s; `run` gives outputs as they are"
            .formatted(graph.name(), output, what));
  }
}
