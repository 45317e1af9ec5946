package io.clarinet.plan;

import io.clarinet.kernel.Layout;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;

/**
 * The place of a value on the device.
 *
 * @param space an arena, or the packed constants
 * @param index which arena, or which packed constant
 * @param byteOffset of the value's first element within it
 * @param batchStride elements from one batch item to the next; more than the value's own where it
 *     lies inside of a concatenation
 */
public record Place(
    Space space,
    int index,
    long byteOffset,
    long batchStride,
    Layout layout,
    ElementType type,
    Shape shape) {

  /** Kinds of device memory. */
  public enum Space {
    ARENA,
    PACKED
  }

  /** Offset in elements. */
  public long offset() {
    return byteOffset / type.bytes();
  }

  /** Bytes from the first to behind the last element. */
  public long extentBytes() {
    long own = layout.batchStride(shape);
    long batches = shape.rank() == 0 ? 1 : shape.n();
    long elements =
        batches == 0 || own == 0 ? 0 : Math.multiplyExact(batches - 1, batchStride) + own;
    return elements * type.bytes();
  }

  /** Whether batch items follow each other without gaps. */
  public boolean isDense() {
    return batchStride == layout.batchStride(shape) || shape.rank() == 0 || shape.n() <= 1;
  }
}
