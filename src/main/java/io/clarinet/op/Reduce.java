package io.clarinet.op;

import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A value reduced along axes. Inputs: x; then, where {@code axes} is empty, optionally the axes (an
 * integer constant). No axes at all means every axis.
 *
 * @param keep whether a reduced axis stays, with extent 1
 * @param noneIsNone whether no axes at all means that nothing is reduced
 */
public record Reduce(Kind kind, List<Integer> axes, boolean keep, boolean noneIsNone)
    implements Op {

  /**
   * Reductions, as OpenCL expressions: the result of no elements, the term of an element {@code v},
   * the join of two results {@code so} and {@code v}, and the final value from the result {@code v}
   * of {@code count} elements.
   */
  public enum Kind {
    SUM("0.0f", "(v)", "((so) + (v))", "(v)"),
    MEAN("0.0f", "(v)", "((so) + (v))", "((v) / (count))"),
    /** NaN if any is. */
    MAX("(-INFINITY)", "(v)", "((v) > (so) || (v) != (v) ? (v) : (so))", "(v)"),
    /** NaN if any is. */
    MIN("INFINITY", "(v)", "((v) < (so) || (v) != (v) ? (v) : (so))", "(v)"),
    /** √Σx². */
    L2("0.0f", "((v) * (v))", "((so) + (v))", "sqrt(v)"),
    /** Σ|x|. */
    L1("0.0f", "fabs(v)", "((so) + (v))", "(v)"),
    /** Σx². */
    SUM_SQUARE("0.0f", "((v) * (v))", "((so) + (v))", "(v)"),
    PRODUCT("1.0f", "(v)", "((so) * (v))", "(v)");

    private final String start;
    private final String term;
    private final String join;
    private final String finish;

    Kind(String start, String term, String join, String finish) {
      this.start = start;
      this.term = term;
      this.join = join;
      this.finish = finish;
    }

    /** The OpenCL expressions, by the names and parameters that kernels know them by. */
    public Map<String, String> expressions() {
      return Map.of(
          "START", start, "TERM(v)", term, "JOIN(so, v)", join, "FINISH(v, count)", finish);
    }
  }

  public Reduce {
    axes = List.copyOf(axes);
  }

  /** The axes that are reduced, wherever they are given. */
  public Set<Integer> reduced(List<Fact> inputs) {
    Shape x = inputs.get(0).shape();
    int[] given =
        inputs.size() > 1
            ? Arrays.stream(inputs.get(1).required("the axes").toLongArray())
                .mapToInt(Math::toIntExact)
                .toArray()
            : axes.stream().mapToInt(Integer::intValue).toArray();
    Set<Integer> reduced = new HashSet<>();
    Arrays.stream(given).forEach(axis -> reduced.add(x.axis(axis)));
    if (given.length == 0 && !noneIsNone) {
      IntStream.range(0, x.rank()).forEach(reduced::add);
    }
    return reduced;
  }

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    Shape x = inputs.get(0).shape();
    Set<Integer> reduced = reduced(inputs);
    int[] dims =
        IntStream.range(0, x.rank())
            .filter(axis -> keep || !reduced.contains(axis))
            .map(axis -> reduced.contains(axis) ? 1 : x.dim(axis))
            .toArray();
    return List.of(Fact.of(inputs.get(0).type(), Shape.of(dims)));
  }

  @Override
  public boolean keepsItemsApart(List<Fact> inputs, List<Fact> outputs) {
    return Items.onlyOfFirst(inputs) && !reduced(inputs).contains(0);
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    Tensor x = inputs.get(0);
    Set<Integer> reduced = reduced(inputs.stream().map(Fact::of).toList());
    double[] results = new double[Math.toIntExact(outputs.get(0).shape().size())];
    Arrays.fill(results, start(x.type()));
    long count = 1;
    for (int axis : reduced) {
      count *= x.shape().dim(axis);
    }
    long[] strides = x.shape().strides();
    for (long i = 0; i < x.shape().size(); i++) {
      int to = target(x.shape(), Indexing.coordinates(strides, i), reduced);
      results[to] = joined(results[to], x.doubleAt(i));
    }
    for (int i = 0; i < results.length; i++) {
      outputs.get(0).set(i, finished(results[i], count));
    }
  }

  private static int target(Shape x, int[] at, Set<Integer> reduced) {
    int index = 0;
    for (int axis = 0; axis < at.length; axis++) {
      if (!reduced.contains(axis)) {
        index = index * x.dim(axis) + at[axis];
      }
    }
    return index;
  }

  /** The result of no elements of a type. */
  public double start(ElementType type) {
    double least = type == ElementType.BOOL ? 0 : Double.NEGATIVE_INFINITY;
    double most = type == ElementType.BOOL ? 1 : Double.POSITIVE_INFINITY;
    return switch (kind) {
      case MAX -> least;
      case MIN -> most;
      case PRODUCT -> 1;
      default -> 0;
    };
  }

  /** A result so far and one more element. */
  public double joined(double so, double v) {
    return switch (kind) {
      case SUM, MEAN -> so + v;
      case L2, SUM_SQUARE -> so + v * v;
      case L1 -> so + Math.abs(v);
      case PRODUCT -> so * v;
      case MAX -> Math.max(so, v);
      case MIN -> Math.min(so, v);
    };
  }

  /** The final value from the result of so many elements. */
  public double finished(double result, long count) {
    return kind == Kind.MEAN ? result / count : kind == Kind.L2 ? Math.sqrt(result) : result;
  }
}
