package io.clarinet.backend;

import io.clarinet.plan.Place;

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
}
