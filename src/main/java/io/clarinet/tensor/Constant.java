package io.clarinet.tensor;

import java.nio.ByteBuffer;
import java.util.function.IntFunction;

/**
 * A known tensor value that need not exist in memory yet. Identity matters: packed weights are
 * shared between plans by the constant that they were packed from.
 */
public sealed interface Constant permits Tensor, Splat, Converted, ScaledRows, Deferred {

  /** The type of its elements. */
  ElementType type();

  /** Its extents. */
  Shape shape();

  /** Bytes of the dense elements in memory. */
  default long byteSize() {
    return Math.multiplyExact(shape().size(), (long) type().bytes());
  }

  /** The dense elements, made on each call where they do not exist yet. */
  Tensor tensor();

  /**
   * The dense elements, valid for as long as the memory that they are made in or read into.
   *
   * @param room gives memory on the heap of a number of bytes, where any is needed
   */
  default Tensor tensor(IntFunction<ByteBuffer> room) {
    return tensor();
  }
}
