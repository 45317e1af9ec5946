package io.clarinet.importer.onnx;

import io.clarinet.op.Binary;
import io.clarinet.op.Cast;
import io.clarinet.op.Compare;
import io.clarinet.op.Concat;
import io.clarinet.op.MatMul;
import io.clarinet.op.Op;
import io.clarinet.op.Pad;
import io.clarinet.op.Range;
import io.clarinet.op.Reshape;
import io.clarinet.op.ShapeOf;
import io.clarinet.op.Softmax;
import io.clarinet.op.Transpose;
import io.clarinet.op.Unary;
import io.clarinet.op.Where;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Attention of opset 23 on, as its products, softmax and rearrangements: softmax(q · kᵀ · scale,
 * capped, + bias) · v for each head.
 */
final class OnnxAttentions {
  private static final Binary MUL = new Binary(Binary.Kind.MUL, null);
  private static final float APART = Float.NEGATIVE_INFINITY;

  /** Places of the inputs. */
  private static final int MASK = 3;

  private static final int PAST_KEY = 4;
  private static final int PAST_VALUE = 5;
  private static final int LENGTHS = 6;

  /** Place of the output that shows the scores, as they are at one of four moments. */
  private static final int SCORES = 3;

  private final OnnxNode node;
  private final OnnxTranslation to;
  private final boolean flat;

  private OnnxAttentions(OnnxNode node, OnnxTranslation to) {
    this.node = node;
    this.to = to;
    int rank = to.rank(node.input(0));
    node.require(rank == 3 || rank == 4, "inputs of unknown rank");
    this.flat = rank == 3;
  }

  static void register(OnnxOperators table) {
    table.reads("Attention", (node, to) -> new OnnxAttentions(node, to).read());
  }

  private void read() {
    String q = heads(0, "q_num_heads");
    String k = withPast(heads(1, "kv_num_heads"), PAST_KEY, 1);
    String v = withPast(heads(2, "kv_num_heads"), PAST_VALUE, 2);
    String scaled = to.value(MUL, q, scale(q));
    int groups = groups(q, k);
    String scores = scores(grouped(scaled, groups), shared(k, groups), groups);
    show(0, scores);
    scores = capped(scores);
    show(1, scores);
    scores = biased(scores, q, k);
    show(2, scores);
    String weights = to.value(Softmax.along(-1), scores);
    show(3, weights);
    String sum = to.value(new MatMul(), grouped(weights, groups), shared(v, groups));
    String joined = groups == 1 ? sum : to.value(merged(sum), sum);
    if (flat) {
      String tokens = to.value(new Transpose(List.of(0, 2, 1, 3)), joined);
      to.result(node, reshape(0, 0, -1), tokens);
    } else {
      to.result(node, Reshape.IDENTITY, joined);
    }
  }

  private static Reshape reshape(long... extents) {
    List<Long> all = Arrays.stream(extents).boxed().toList();
    return new Reshape(new Reshape.Rule.To(all, false));
  }

  /** An input as [batch, heads, tokens, width]. */
  private String heads(int input, String count) {
    String x = node.input(input);
    return flat
        ? to.value(
            new Transpose(List.of(0, 2, 1, 3)), to.value(reshape(0, 0, node.small(count), -1), x))
        : x;
  }

  /** Keys or values behind those of the past, if there are any, which together are an output. */
  private String withPast(String present, int past, int output) {
    String all = node.hasInput(past) ? to.value(new Concat(2), node.input(past), present) : present;
    if (node.hasOutput(output)) {
      to.result(node, output, Reshape.IDENTITY, all);
    }
    return all;
  }

  private String number(float value) {
    return to.constant(Tensor.of(Shape.of(), value));
  }

  /** The given scale, or 1 / √width. */
  private String scale(String q) {
    if (node.real("scale", 0) != 0) {
      return number(node.real("scale", 0));
    }
    Fact fact = to.fact(q);
    if (fact != null) {
      return number((float) (1 / Math.sqrt(fact.shape().dim(-1))));
    }
    String width =
        to.value(new Cast(ElementType.FLOAT32), to.value(new ShapeOf(-1, Integer.MAX_VALUE), q));
    String root = to.value(new Unary(Unary.Kind.SQRT, 0, 0), width);
    return to.value(new Unary(Unary.Kind.RECIPROCAL, 0, 0), root);
  }

  /** Query heads that share a head of keys and values. */
  private int groups(String q, String k) {
    if (flat) {
      return node.small("q_num_heads") / node.small("kv_num_heads");
    }
    Fact queries = to.fact(q);
    Fact keys = to.fact(k);
    return queries == null || keys == null ? 1 : queries.shape().c() / keys.shape().c();
  }

  private String scores(String q, String k, int groups) {
    String columns =
        to.value(new Transpose(groups == 1 ? List.of(0, 1, 3, 2) : List.of(0, 1, 2, 4, 3)), k);
    String scores = to.value(new MatMul(), q, columns);
    return groups == 1 ? scores : to.value(merged(scores), scores);
  }

  /** [batch, heads, …] as [batch, heads / groups, groups, …]. */
  private String grouped(String x, int groups) {
    if (groups == 1) {
      return x;
    }
    Shape shape = shape(x);
    return to.value(reshape(0, shape.c() / groups, groups, shape.dim(2), shape.dim(3)), x);
  }

  /** [batch, heads, groups, …] as [batch, heads · groups, …]. */
  private Reshape merged(String x) {
    Shape shape = shape(x);
    return reshape(0, (long) shape.dim(1) * shape.dim(2), shape.dim(3), shape.dim(4));
  }

  private Shape shape(String x) {
    Fact fact = to.fact(x);
    node.require(fact != null, "groups of heads of unknown sizes");
    return Objects.requireNonNull(fact).shape();
  }

  private String shared(String x, int groups) {
    return groups == 1 ? x : to.value(unsqueeze(2), x);
  }

  private static Reshape unsqueeze(int axis) {
    return new Reshape(new Reshape.Rule.Unsqueeze(List.of(axis)));
  }

  private void show(int moment, String scores) {
    if (node.hasOutput(SCORES) && node.small("qk_matmul_output_mode", 0) == moment) {
      to.result(node, SCORES, Reshape.IDENTITY, scores);
    }
  }

  /** cap · tanh(scores / cap), where there is a cap. */
  private String capped(String scores) {
    float cap = node.real("softcap", 0);
    if (cap == 0) {
      return scores;
    }
    String shares = to.value(MUL, scores, number(1 / cap));
    return to.value(MUL, to.value(new Unary(Unary.Kind.TANH, 0, 0), shares), number(cap));
  }

  private String biased(String scores, String q, String k) {
    String sum = scores;
    if (node.hasInput(MASK)) {
      sum = to.value(Binary.ADD, sum, mask(k));
    }
    if (node.flag("is_causal")) {
      sum = to.value(Binary.ADD, sum, causal(q, k));
    }
    return node.hasInput(LENGTHS) ? to.value(Binary.ADD, sum, lengths(k)) : sum;
  }

  /** The given bias; that of keys which it does not reach keeps them apart. */
  private String mask(String k) {
    String given = node.input(MASK);
    ElementType type = to.type(given);
    node.require(type != null, "a mask of unknown type");
    String bias =
        type == ElementType.BOOL ? to.value(new Where(), given, number(0), number(APART)) : given;
    Fact mask = to.fact(bias);
    Fact keys = to.fact(k);
    if (mask == null || keys == null) {
      return bias;
    }
    int missing = keys.shape().dim(2) - mask.shape().dim(-1);
    if (missing <= 0 || mask.shape().dim(-1) == 1) {
      return bias;
    }
    Integer[] pads = new Integer[2 * mask.shape().rank()];
    Arrays.fill(pads, 0);
    pads[pads.length - 1] = missing;
    return to.value(new Pad(Pad.Mode.CONSTANT, List.of(pads), APART), bias);
  }

  /** A query sees the past, itself, and the keys before. */
  private String causal(String q, String k) {
    String rows = to.value(unsqueeze(1), counted(length(q)));
    if (node.hasInput(PAST_KEY)) {
      rows = to.value(Binary.ADD, rows, length(node.input(PAST_KEY)));
    }
    String later = to.value(new Compare(Compare.Relation.LESS), rows, counted(length(k)));
    return to.value(new Where(), later, number(APART), number(0));
  }

  /** Of each batch item's keys only so many count. */
  private String lengths(String k) {
    String given = to.value(unsqueeze(1), node.input(LENGTHS));
    String within = to.value(new Compare(Compare.Relation.LESS), counted(length(k)), given);
    String bias = to.value(new Where(), within, number(0), number(APART));
    return to.value(new Reshape(new Reshape.Rule.Unsqueeze(List.of(1, 2))), bias);
  }

  /** The tokens of [batch, heads, tokens, width], as a vector of one number. */
  private String length(String x) {
    return to.value(new ShapeOf(2, 3), x);
  }

  /** 0, 1, … before a limit. */
  private String counted(String limit) {
    Op join = new Concat(0);
    return to.value(new Range(), to.value(join, to.constant(0), limit, to.constant(1)));
  }
}
