package io.clarinet.kernel.opencl;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Reduce;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a reduction along neighbouring axes and, or, the batch makes of a plain value, an item of
 * which is [outer][axis][inner].
 *
 * @param items batch items that are reduced to one
 * @param kept batch items of the result
 */
public record ReducedAxes(int outer, int axis, int inner, int items, int kept) {

  /** Declines what is no such reduction. */
  public static Offer.@Nullable Decline declined(Reduce op, List<Fact> inputs, List<Fact> outputs) {
    Offer.Decline declined = Declines.unlessFloats(List.of(inputs.get(0), outputs.get(0)));
    if (declined != null) {
      return declined;
    }
    Shape x = inputs.get(0).shape();
    Set<Integer> reduced = op.reduced(inputs);
    if (next(x, reduced, end(x, reduced), true) < x.rank()) {
      return new Offer.Decline("the axes are not neighbours");
    }
    return x.rank() == 0 ? new Offer.Decline("a scalar has no axes") : null;
  }

  /** The axes of a reduction that is not declined. */
  public static ReducedAxes of(Reduce op, List<Fact> inputs) {
    Shape x = inputs.get(0).shape();
    Set<Integer> reduced = op.reduced(inputs);
    int first = Math.max(1, next(x, reduced, 1, true));
    int end = Math.max(1, end(x, reduced));
    int items = reduced.contains(0) ? x.dim(0) : 1;
    return new ReducedAxes(
        Math.toIntExact(x.size(1, first)),
        Math.toIntExact(x.size(first, end)),
        Math.toIntExact(x.size(end, x.rank())),
        items,
        x.dim(0) / items);
  }

  /** Elements of a batch item of this result. */
  public static int item(Shape y) {
    return y.rank() == 0 ? 1 : Math.toIntExact(y.size(1, y.rank()));
  }

  private static int end(Shape x, Set<Integer> reduced) {
    return next(x, reduced, next(x, reduced, 1, true), false);
  }

  /** The first axis from {@code from} on, of more than one element, that is reduced or is not. */
  private static int next(Shape x, Set<Integer> reduced, int from, boolean wanted) {
    int axis = from;
    while (axis < x.rank() && (x.dim(axis) == 1 || reduced.contains(axis) != wanted)) {
      axis++;
    }
    return Math.min(axis, x.rank());
  }
}
