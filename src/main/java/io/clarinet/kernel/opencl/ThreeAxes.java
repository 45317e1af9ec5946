package io.clarinet.kernel.opencl;

import io.clarinet.kernel.Offer;
import io.clarinet.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One to three spatial axes as three: depth, height and width, the missing ones in front. */
public final class ThreeAxes {
  private ThreeAxes() {}

  /** Declines [n, c, …] of more or fewer axes. */
  public static Offer.@Nullable Decline declined(Shape shape) {
    return shape.rank() >= 3 && shape.rank() <= 5
        ? null
        : new Offer.Decline("only for one to three spatial axes, not " + shape);
  }

  /** The spatial extents of [n, c, …]. */
  public static int[] of(Shape shape) {
    return of(Arrays.stream(shape.dims()).skip(2).boxed().toList(), 1);
  }

  /** A number for each axis, {@code otherwise} for those that are missing. */
  public static int[] of(List<Integer> numbers, int otherwise) {
    int[] three = {otherwise, otherwise, otherwise};
    for (int i = 0; i < numbers.size(); i++) {
      three[3 - numbers.size() + i] = numbers.get(i);
    }
    return three;
  }
}
