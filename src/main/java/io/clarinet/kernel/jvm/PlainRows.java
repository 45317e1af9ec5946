package io.clarinet.kernel.jvm;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.JvmKernel.View;
import io.clarinet.kernel.Offer;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a plain value along one axis, each a task.
 *
 * @param extent elements of a row
 * @param stride logical elements between neighbours of one row
 * @param item logical elements of a batch item
 * @param count rows
 */
record PlainRows(int extent, int stride, int item, int count) {

  static PlainRows of(Shape x, long extent, long stride) {
    int item = (int) x.size(1, x.rank());
    return new PlainRows((int) extent, (int) stride, item, (int) (x.size() / extent));
  }

  /** Declines values without rows. */
  static Offer.@Nullable Decline declined(List<Fact> inputs) {
    Offer.Decline declined = Declines.unlessFloats(inputs);
    boolean scalar = declined == null && inputs.get(0).shape().rank() == 0;
    return scalar ? new Offer.Decline("a scalar has no rows") : declined;
  }

  /** Index of a row's element. */
  int at(View view, int row, int element) {
    int logical = row / stride * stride * extent + row % stride + element * stride;
    return view.item(logical / item) + logical % item;
  }

  /**
   * Elements from one of a row's elements to the next: a row across batch items has one of each.
   */
  int step(View view) {
    return stride < item ? stride : view.batchStride();
  }
}
