package io.clarinet.op;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Splat;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The same elements in the same order under another shape: what Reshape, Flatten, Squeeze,
 * Unsqueeze and Identity come to.
 *
 * @param rule the rule from the input's shape to the output's
 */
public record Reshape(Rule rule) implements Op {

  /** The rule by which the output shape follows from the input shape. */
  public sealed interface Rule {

    /** The shape is the input's own. */
    record Same() implements Rule {}

    /** Two axes: the product of those before {@code axis}, and of the rest. */
    record Flatten(int axis) implements Rule {}

    /**
     * The listed extents; -1 is inferred, and 0 copies the input's extent at that place unless
     * {@code allowZero}.
     */
    record To(List<Long> extents, boolean allowZero) implements Rule {}

    /** The extents are the elements of the second input (a constant), read as by {@link To}. */
    record ToInput(boolean allowZero) implements Rule {}

    /** Removes the listed axes of extent 1; all such axes if the list is empty. */
    record Squeeze(List<Integer> axes) implements Rule {}

    /** {@link Squeeze} of the axes that the second input lists (a constant). */
    record SqueezeInput() implements Rule {}

    /** {@link Unsqueeze} at the axes that the second input lists (a constant). */
    record UnsqueezeInput() implements Rule {}

    /** Inserts axes of extent 1 at these places of the result. */
    record Unsqueeze(List<Integer> axes) implements Rule {}
  }

  public static final Reshape IDENTITY = new Reshape(new Rule.Same());

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    Fact x = inputs.get(0);
    Shape y = target(x.shape(), inputs);
    if (y.size() != x.shape().size()) {
      throw new IllegalArgumentException("cannot reshape " + x.shape() + " to " + y);
    }
    return List.of(reshaped(x, y));
  }

  /** A known value under another shape; a splat stays a splat. */
  private static Fact reshaped(Fact x, Shape y) {
    if (x.constant() instanceof Tensor known) {
      return Fact.of(known.reshaped(y));
    }
    return x.constant() instanceof Splat splat
        ? Fact.of(new Splat(splat.type(), y, splat.value()))
        : Fact.of(x.type(), y);
  }

  private Shape target(Shape x, List<Fact> inputs) {
    if (rule instanceof Rule.Flatten flatten) {
      int axis = flatten.axis() == x.rank() ? x.rank() : x.axis(flatten.axis());
      return Shape.of(x.size(0, axis), x.size(axis, x.rank()));
    }
    if (rule instanceof Rule.To to) {
      return resolve(x, to.extents(), to.allowZero());
    }
    if (rule instanceof Rule.ToInput to) {
      long[] extents = inputs.get(1).required("the target shape").toLongArray();
      return resolve(x, java.util.Arrays.stream(extents).boxed().toList(), to.allowZero());
    }
    if (rule instanceof Rule.Squeeze squeeze) {
      return squeeze(x, squeeze.axes());
    }
    if (rule instanceof Rule.Unsqueeze unsqueeze) {
      return unsqueeze(x, unsqueeze.axes());
    }
    if (rule instanceof Rule.SqueezeInput) {
      return squeeze(x, axes(inputs));
    }
    return rule instanceof Rule.UnsqueezeInput ? unsqueeze(x, axes(inputs)) : x;
  }

  private static List<Integer> axes(List<Fact> inputs) {
    long[] axes = inputs.get(1).required("the axes").toLongArray();
    return java.util.Arrays.stream(axes).mapToInt(Math::toIntExact).boxed().toList();
  }

  private static Shape resolve(Shape x, List<Long> extents, boolean allowZero) {
    long[] dims = new long[extents.size()];
    int inferred = -1;
    long known = 1;
    for (int i = 0; i < dims.length; i++) {
      long extent = extents.get(i);
      if (extent == 0 && !allowZero && i >= x.rank()) {
        throw new IllegalArgumentException("extent 0 at " + i + " copies nothing of " + x);
      }
      dims[i] = extent == 0 && !allowZero ? x.dim(i) : extent;
      if (extent == -1) {
        inferred = i;
      } else {
        known = Math.multiplyExact(known, dims[i]);
      }
    }
    if (inferred >= 0) {
      if (known == 0 || x.size() % known != 0) {
        throw new IllegalArgumentException("cannot reshape " + x + " to " + extents);
      }
      dims[inferred] = x.size() / known;
    }
    return Shape.of(dims);
  }

  private static Shape squeeze(Shape x, List<Integer> axes) {
    List<Integer> gone = axes.stream().map(x::axis).toList();
    for (int axis : gone) {
      if (x.dim(axis) != 1) {
        throw new IllegalArgumentException("axis " + axis + " of " + x + " is not 1");
      }
    }
    return Shape.of(
        IntStream.range(0, x.rank())
            .filter(i -> axes.isEmpty() ? x.dim(i) != 1 : !gone.contains(i))
            .map(x::dim)
            .toArray());
  }

  private static Shape unsqueeze(Shape x, List<Integer> axes) {
    int rank = x.rank() + axes.size();
    List<Integer> added = axes.stream().map(a -> a < 0 ? a + rank : a).toList();
    if (added.stream().distinct().filter(a -> a >= 0 && a < rank).count() != axes.size()) {
      throw new IllegalArgumentException("cannot insert axes " + axes + " into " + x);
    }
    int[] dims = new int[rank];
    int next = 0;
    for (int i = 0; i < rank; i++) {
      dims[i] = added.contains(i) ? 1 : x.dim(next++);
    }
    return Shape.of(dims);
  }

  @Override
  public boolean keepsItemsApart(List<Fact> inputs, List<Fact> outputs) {
    return Items.onlyOfFirst(inputs)
        && outputs.get(0).shape().rank() > 0
        && outputs.get(0).shape().n() == inputs.get(0).shape().n();
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    outputs.get(0).bytes().put(inputs.get(0).bytes());
  }
}
