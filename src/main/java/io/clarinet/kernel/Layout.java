package io.clarinet.kernel;

import static io.clarinet.tensor.Division.roundUp;

import io.clarinet.tensor.Shape;

/**
 * The layout of a value in device memory: plain (dense row-major, any rank) or blocked NCHWc, where
 * the channels of an image-like value stand in blocks, the block innermost, the last block's unused
 * lanes zero.
 *
 * @param block channels in a block; 0 means plain
 */
public record Layout(int block) {
  public static final Layout PLAIN = new Layout(0);

  /** NCHWc with {@code c} channels in a block. */
  public static Layout blocked(int c) {
    return new Layout(c);
  }

  public boolean isBlocked() {
    return block > 0;
  }

  /** Elements from one batch item to the next of a value that is no part of another. */
  public long batchStride(Shape shape) {
    if (isBlocked()) {
      return roundUp((long) shape.c(), block) * shape.size(2, shape.rank());
    }
    return shape.rank() == 0 ? 1 : shape.size(1, shape.rank());
  }

  /** Elements of a value that is no part of another, padding lanes included. */
  public long elements(Shape shape) {
    return isBlocked() ? shape.n() * batchStride(shape) : shape.size();
  }

  @Override
  public String toString() {
    return isBlocked() ? "NCHW" + block + "c" : "plain";
  }
}
