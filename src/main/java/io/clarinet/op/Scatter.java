package io.clarinet.op;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;

/**
 * A copy of a value into which updates are written, or joined with what is there, in the order in
 * which they stand (ONNX ScatterElements, ScatterND). Inputs: x; int32 or int64 indices, of which
 * negative ones count from the end; the updates. Output: x's shape.
 */
public record Scatter(Form form, Join join) implements Op {

  /** What an index says. */
  public sealed interface Form {

    /**
     * Indices of x's rank and the updates' shape: each is the coordinate along an axis, the others
     * are the update's own.
     */
    record Elements(int axis) implements Form {}

    /** Tuples of indices [t…, k], each the first k coordinates of a slice that is updated. */
    record Slices() implements Form {}
  }

  /**
   * What an update does to the element that it meets, each with its OpenCL expression of what is
   * there, {@code so}, and the update {@code v}.
   */
  public enum Join {
    REPLACE("(v)"),
    ADD("((so) + (v))"),
    MULTIPLY("((so) * (v))"),
    /** NaN if either is. */
    MAX("((v) > (so) || (v) != (v) ? (v) : (so))"),
    /** NaN if either is. */
    MIN("((v) < (so) || (v) != (v) ? (v) : (so))");

    private final String expression;

    Join(String expression) {
      this.expression = expression;
    }

    /** OpenCL expression of {@code so} and {@code v}. */
    public String expression() {
      return expression;
    }

    /** What is there after the update. */
    public double apply(double so, double v) {
      return switch (this) {
        case REPLACE -> v;
        case ADD -> so + v;
        case MULTIPLY -> so * v;
        case MAX -> Math.max(so, v);
        case MIN -> Math.min(so, v);
      };
    }

    private long apply(long so, long v) {
      return switch (this) {
        case REPLACE -> v;
        case ADD -> so + v;
        case MULTIPLY -> so * v;
        case MAX -> Math.max(so, v);
        case MIN -> Math.min(so, v);
      };
    }
  }

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    Fact x = inputs.get(0);
    Fact updates = inputs.get(2);
    Shape indices = inputs.get(1).shape();
    Picking.requireIndices(inputs.get(1));
    if (!updates.shape().equals(updated(x.shape(), indices)) || updates.type() != x.type()) {
      throw new IllegalArgumentException(
          "updates " + updates + " at " + indices + " do not fit " + x);
    }
    return List.of(Fact.of(x.type(), x.shape()));
  }

  private Shape updated(Shape x, Shape indices) {
    if (form instanceof Form.Elements elements) {
      GatherElements.requireFits(indices, x, x.axis(elements.axis()));
      return indices;
    }
    return Tuples.slices(x, indices, 0);
  }

  @Override
  public boolean keepsItemsApart(List<Fact> inputs, List<Fact> outputs) {
    return form instanceof Form.Elements elements
        && inputs.stream().noneMatch(Fact::isConstant)
        && inputs.get(0).shape().axis(elements.axis()) != 0;
  }

  /**
   * From an update to the element of x that it meets, both row-major.
   *
   * @param inputs of which the indices are known
   * @throws IllegalArgumentException if an index is outside of its axis
   */
  public LongUnaryOperator targets(List<Fact> inputs) {
    Shape x = inputs.get(0).shape();
    return form instanceof Form.Elements elements
        ? GatherElements.inPlace(x, elements.axis(), inputs.get(1))
        : Tuples.of(x, inputs.get(1), 0)::place;
  }

  /**
   * The updates that meet each element of x, in their order: first where each element's begin in
   * the list that follows, and where the last one's end; then their numbers.
   *
   * @param inputs of which the indices are known
   * @throws IllegalArgumentException if an index is outside of its axis
   */
  public int[] table(List<Fact> inputs) {
    LongUnaryOperator targets = targets(inputs);
    int elements = Math.toIntExact(inputs.get(0).shape().size());
    int updates = Math.toIntExact(inputs.get(2).shape().size());
    int[] table = new int[elements + 1 + updates];
    for (int i = 0; i < updates; i++) {
      table[(int) targets.applyAsLong(i) + 1]++;
    }
    for (int i = 0; i < elements; i++) {
      table[i + 1] += table[i];
    }
    int[] next = Arrays.copyOf(table, elements);
    for (int i = 0; i < updates; i++) {
      table[elements + 1 + next[(int) targets.applyAsLong(i)]++] = i;
    }
    return table;
  }

  /** The groups of elements that have updates of their own, whatever the indices are. */
  public UpdateWalk walk(Shape x, Shape indices) {
    return form instanceof Form.Elements elements
        ? lines(x, indices, x.axis(elements.axis()))
        : slices(x, indices);
  }

  private static UpdateWalk lines(Shape x, Shape indices, int along) {
    long[] strides = x.strides();
    long[] own = indices.strides();
    List<UpdateWalk.Axis> groups =
        IntStream.range(0, x.rank())
            .filter(i -> i != along)
            .mapToObj(i -> line(x.dim(i), (int) strides[i], (int) own[i], indices.dim(i)))
            .toList();
    int step = (int) own[along];
    return new UpdateWalk(
        groups,
        x.dim(along),
        (int) strides[along],
        indices.dim(along),
        step,
        step,
        1,
        List.of(new IndexWalk.Named(x.dim(along), 1)));
  }

  private static UpdateWalk.Axis line(int extent, int value, int updates, int updated) {
    return new UpdateWalk.Axis(extent, value, updates, updates, updated);
  }

  private static UpdateWalk slices(Shape x, Shape indices) {
    int length = indices.dim(-1);
    int slice = (int) x.size(length, x.rank());
    long[] strides = x.strides();
    return new UpdateWalk(
        List.of(),
        (int) x.size(0, length),
        slice,
        (int) indices.size(0, indices.rank() - 1),
        length,
        slice,
        slice,
        IntStream.range(0, length)
            .mapToObj(i -> new IndexWalk.Named(x.dim(i), (int) strides[i] / slice))
            .toList());
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    LongUnaryOperator targets = targets(inputs.stream().map(Fact::of).toList());
    if (inputs.get(0).type().isFloatingPoint()) {
      joinReals(inputs.get(0), inputs.get(2), targets, outputs.get(0));
    } else {
      joinIntegers(inputs.get(0), inputs.get(2), targets, outputs.get(0));
    }
  }

  private void joinReals(Tensor x, Tensor updates, LongUnaryOperator targets, Tensor y) {
    double[] joined = new double[Math.toIntExact(x.shape().size())];
    Arrays.setAll(joined, x::doubleAt);
    for (long i = 0; i < updates.shape().size(); i++) {
      int to = (int) targets.applyAsLong(i);
      joined[to] = join.apply(joined[to], updates.doubleAt(i));
    }
    for (int i = 0; i < joined.length; i++) {
      y.set(i, joined[i]);
    }
  }

  private void joinIntegers(Tensor x, Tensor updates, LongUnaryOperator targets, Tensor y) {
    Indexing.fill(x, y, i -> i);
    for (long i = 0; i < updates.shape().size(); i++) {
      long to = targets.applyAsLong(i);
      y.set(to, join.apply(y.longAt(to), updates.longAt(i)));
    }
  }
}
