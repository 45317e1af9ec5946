package io.clarinet.kernel.opencl;

import io.clarinet.kernel.Offer;
import io.clarinet.tensor.Shape;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a plain value along an axis: each lies within a batch item, or all along the batch.
 *
 * @param length elements of a row
 * @param inner distance between neighbours of a row that lies within an item, in elements
 * @param items batch items; 1 for a vector
 * @param item elements of a batch item
 */
public record AxisRows(int length, int inner, int items, int item) {

  /**
   * The rows of a value of at most 2³¹ − 1 elements.
   *
   * @param stride distance between neighbours of a row in {@code x}, in elements
   */
  public static AxisRows of(Shape x, long length, long stride) {
    int items = x.rank() < 2 ? 1 : x.n();
    return new AxisRows((int) length, (int) stride, items, (int) (x.size() / items));
  }

  /** Whether a row has an element of each batch item. */
  public boolean alongBatch() {
    return items > 1 && (long) length * inner > item;
  }

  /** Declines rows of several elements of each batch item. */
  public Offer.@Nullable Decline declined() {
    return alongBatch() && inner != item
        ? new Offer.Decline("takes the batch and more as one")
        : null;
  }

  /** All rows. */
  public int count() {
    return alongBatch() ? item : items * (item / length);
  }
}
