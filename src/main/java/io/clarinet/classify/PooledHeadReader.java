package io.clarinet.classify;

import io.clarinet.graph.Graph;
import io.clarinet.graph.Input;
import io.clarinet.graph.Node;
import io.clarinet.op.Binary;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Dense;
import io.clarinet.op.Dropout;
import io.clarinet.op.Epilogue;
import io.clarinet.op.GlobalPool2d;
import io.clarinet.op.MatMul;
import io.clarinet.op.Pool2d;
import io.clarinet.op.Reduce;
import io.clarinet.op.Softmax;
import io.clarinet.op.Unary;
import io.clarinet.op.Window2d;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Walks from a graph's scores back to the features that they are averages of: past the functions
 * that make probabilities, at most one layer of weights, and whatever only moves values.
 */
final class PooledHeadReader {
  private static final Set<Unary.Kind> OF_SCORES =
      Set.of(Unary.Kind.SIGMOID, Unary.Kind.HARD_SIGMOID, Unary.Kind.EXP, Unary.Kind.LOG);

  private final Graph graph;
  private final Map<String, Node> producers;
  private final Map<String, Fact> facts;
  private final KnownValues known;
  private final int batch;
  private final double[] bias;
  private @Nullable ScoreWeights weights;

  /** Whether what was walked past is part of the sums. */
  private boolean inSums;

  private String at;

  PooledHeadReader(Graph graph, List<Integer> dims) {
    int[] extents = dims.stream().mapToInt(Integer::intValue).toArray();
    extents[0] = extents[0] == Input.UNKNOWN ? 1 : extents[0];
    this.graph = graph;
    this.producers = graph.producers();
    this.batch = extents[0];
    this.facts = graph.specialised(Map.of(graph.inputs().get(0).name(), Shape.of(extents))).facts();
    this.known = new KnownValues(graph, facts);
    this.at = graph.outputs().get(0);
    this.bias = new double[Math.toIntExact(shape(at).size() / batch)];
  }

  PooledHead read() {
    for (Node node = next(); ; node = next()) {
      int axis = node == null || bias.length == 0 ? 0 : averaged(node);
      if (node != null && axis > 0) {
        return new PooledHead(node.inputs().get(0), axis, weights, bias);
      }
      if (node == null || !isRow(shape(node.output())) || !passes(node)) {
        throw no(node);
      }
    }
  }

  private @Nullable Node next() {
    return producers.get(at);
  }

  private Shape shape(String value) {
    return Objects.requireNonNull(facts.get(value), value).shape();
  }

  /** Whether there is a way on behind the node, which is then gone. */
  private boolean passes(Node node) {
    boolean ofScores =
        node.op() instanceof Softmax
            || (node.op() instanceof Unary function && OF_SCORES.contains(function.kind()));
    boolean moves = HeadMeaning.isMove(node.op()) && !(node.op() instanceof Dropout);
    if (moves || (ofScores && !inSums)) {
      return goOn(node, 0);
    }
    return takesBias(node) || takesWeights(node);
  }

  /** Whether a value is a row of numbers for each picture: their order is that of one axis. */
  private boolean isRow(Shape shape) {
    boolean batched = shape.rank() > 0 && shape.dim(0) == batch;
    long wide =
        IntStream.range(batched ? 1 : 0, shape.rank()).filter(a -> shape.dim(a) != 1).count();
    return wide <= 1 && (batched || batch == 1);
  }

  private boolean goOn(Node node, int input) {
    at = node.inputs().get(input);
    return isRow(shape(at));
  }

  private boolean takesBias(Node node) {
    if (!(node.op() instanceof Binary sum)
        || sum.kind() != Binary.Kind.ADD
        || sum.activation() != null
        || weights != null) {
      return false;
    }
    int open = known.of(node.inputs().get(1)) == null ? 1 : 0;
    return shape(node.inputs().get(open)).equals(shape(node.output()))
        && addBias(node.inputs().get(1 - open))
        && goOn(node, open);
  }

  private boolean addBias(String value) {
    Tensor addend = known.of(value);
    if (addend == null || (addend.shape().size() != bias.length && addend.shape().size() != 1)) {
      return false;
    }
    for (int i = 0; i < bias.length; i++) {
      bias[i] += addend.doubleAt(addend.shape().size() == 1 ? 0 : i);
    }
    inSums = true;
    return true;
  }

  private boolean takesWeights(Node node) {
    if (weights != null) {
      return false;
    }
    if (node.op() instanceof Dense dense) {
      return takes(node, dense.epilogue(), dense.transposed());
    }
    if (node.op() instanceof Conv2d conv) {
      boolean pixel = shape(node.inputs().get(0)).size(2, 4) == 1 && conv.groups() == 1;
      return pixel
          && shape(node.inputs().get(1)).size(2, 4) == 1
          && takes(node, conv.epilogue(), true);
    }
    return node.op() instanceof MatMul
        && shape(node.inputs().get(1)).rank() == 2
        && takes(node, Epilogue.NONE, false);
  }

  private boolean takes(Node node, Epilogue epilogue, boolean transposed) {
    Tensor values = known.of(node.inputs().get(1));
    if (values == null
        || epilogue.residual()
        || epilogue.activation() != null
        || (epilogue.bias() && !addBias(node.inputs().get(2)))) {
      return false;
    }
    int channels = Math.toIntExact(values.shape().size() / bias.length);
    weights = new ScoreWeights(values, bias.length, channels, transposed);
    inSums = true;
    return goOn(node, 0);
  }

  /** The axis of channels if the node averages all of each channel's plane; else 0. */
  private int averaged(Node node) {
    Shape x = node.inputs().isEmpty() ? Shape.of() : shape(node.inputs().get(0));
    if (x.rank() != 4) {
      return 0;
    }
    boolean ofPlanes =
        (node.op() instanceof GlobalPool2d pool && pool.kind() == Pool2d.Kind.AVERAGE)
            || (node.op() instanceof Pool2d window && coversAll(window, x));
    int axis = ofPlanes ? 1 : node.op() instanceof Reduce reduce ? kept(reduce, node) : 0;
    return axis > 0 && x.size(1, 4) > x.dim(axis) ? axis : 0;
  }

  private int kept(Reduce reduce, Node node) {
    Set<Integer> axes = reduce.reduced(node.inputs().stream().map(facts::get).toList());
    if (reduce.kind() != Reduce.Kind.MEAN) {
      return 0;
    }
    return axes.equals(Set.of(2, 3)) ? 1 : axes.equals(Set.of(1, 2)) ? 3 : 0;
  }

  private static boolean coversAll(Pool2d pool, Shape x) {
    Window2d window = pool.window().resolved(x.h(), x.w());
    boolean exact = window.kernelH() == x.h() && window.kernelW() == x.w();
    return pool.kind() == Pool2d.Kind.AVERAGE
        && window.dilationH() == 1
        && window.dilationW() == 1
        && window.kernelH() - window.padding().top() >= x.h()
        && window.kernelW() - window.padding().left() >= x.w()
        && (exact || !pool.countPadding());
  }

  private ClassifierException no(@Nullable Node node) {
    String what = node == null ? "its input" : HeadReader.text(node);
    return ClassifierException.noHeatMap(
        "%s has no heat maps: %s stands where %sfeatures would be averaged over their plane, as in GoogLeNet, ResNet or SqueezeNet"
            .formatted(graph.name(), what, weights == null ? "scores or " : ""));
  }
}
