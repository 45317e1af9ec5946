package io.clarinet.backend.jvm;

import io.clarinet.backend.Pieces;
import io.clarinet.backend.Transfer;
import io.clarinet.kernel.JvmKernel.View;
import io.clarinet.plan.Place;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/** Moves a value to and from an array of floats. Elements of other types lie there as bytes. */
final class ArrayTransfer implements Transfer {
  private final float[] array;
  private final long start;
  private final boolean floats;
  private final Pieces pieces;

  /**
   * @param room that the place is in
   */
  ArrayTransfer(Place place, View room) {
    this.array = room.data();
    this.start = (long) Float.BYTES * room.offset() + place.byteOffset();
    this.floats = place.type() == ElementType.FLOAT32;
    this.pieces = Pieces.of(place);
  }

  @Override
  public void write(Tensor from) {
    if (floats) {
      FloatBuffer source = from.floats();
      for (int i = 0; i < pieces.count(); i++) {
        source.get(i * length(), array, index(i), length());
      }
    } else {
      for (int i = 0; i < pieces.count(); i++) {
        FloatBytes.put(piece(from, i), array, start + i * pieces.stride());
      }
    }
  }

  @Override
  public void read(Tensor to) {
    if (floats) {
      FloatBuffer target = to.floats();
      for (int i = 0; i < pieces.count(); i++) {
        target.put(i * length(), array, index(i), length());
      }
    } else {
      for (int i = 0; i < pieces.count(); i++) {
        FloatBytes.get(array, start + i * pieces.stride(), piece(to, i));
      }
    }
  }

  private int length() {
    return (int) (pieces.bytes() / Float.BYTES);
  }

  private int index(int piece) {
    return Math.toIntExact((start + piece * pieces.stride()) / Float.BYTES);
  }

  private ByteBuffer piece(Tensor tensor, int index) {
    int bytes = (int) pieces.bytes();
    return tensor.bytes().slice(index * bytes, bytes);
  }
}
