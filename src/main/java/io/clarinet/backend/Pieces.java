package io.clarinet.backend;

import io.clarinet.plan.Place;
import java.nio.ByteBuffer;

/**
 * The pieces of a plain value on a device: one or, inside of a larger value, one a batch item.
 *
 * @param bytes of each piece
 * @param stride bytes on the device from the start of one piece to the next's
 */
public record Pieces(int count, long bytes, long stride) {

  /**
   * The pieces of a value.
   *
   * @throws IllegalArgumentException if it is not plain
   */
  public static Pieces of(Place place) {
    if (place.layout().isBlocked()) {
      throw new IllegalArgumentException("only plain values cross to the host, not " + place);
    }
    long bytes = place.shape().size() * place.type().bytes();
    int count = bytes == 0 ? 0 : place.isDense() ? 1 : place.shape().n();
    return new Pieces(
        count, count == 0 ? 0 : bytes / count, place.batchStride() * place.type().bytes());
  }

  /** Copies from one buffer without gaps to one with the value's. */
  public void scatter(ByteBuffer dense, ByteBuffer spread) {
    for (int i = 0; i < count; i++) {
      spread.slice(at(i, stride), size()).put(dense.slice(at(i, bytes), size()));
    }
  }

  /** Copies from a buffer with the value's gaps to one without. */
  public void gather(ByteBuffer spread, ByteBuffer dense) {
    for (int i = 0; i < count; i++) {
      dense.slice(at(i, bytes), size()).put(spread.slice(at(i, stride), size()));
    }
  }

  private int size() {
    return Math.toIntExact(bytes);
  }

  private static int at(int piece, long distance) {
    return Math.toIntExact(piece * distance);
  }
}
