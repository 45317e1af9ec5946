package io.clarinet.examples;

import io.clarinet.Model;
import io.clarinet.Session;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Runs from and into memory of the caller's own, direct or on the heap, without a copy beside it.
 */
public final class CallersTensors {
  private static final Shape PICTURES = Shape.of(1, 3, 32, 32);
  private static final Shape SCORES = Shape.of(1, 36);

  private CallersTensors() {}

  public static void main(String[] arguments) throws IOException {
    ByteBuffer in = ByteBuffer.allocateDirect(4 * 3 * 32 * 32).order(ByteOrder.nativeOrder());
    ByteBuffer out = ByteBuffer.wrap(new byte[4 * 36]).order(ByteOrder.nativeOrder());
    Tensor pictures = Tensor.wrap(ElementType.FLOAT32, PICTURES, in);
    Tensor scores = Tensor.wrap(ElementType.FLOAT32, SCORES, out);

    try (Session session = Model.bundled().open()) {
      for (int frame = 0; frame < 3; frame++) {
        for (int i = 0; i < 3 * 32 * 32; i++) {
          in.putFloat(4 * i, (float) Math.sin(frame + i));
        }
        session.run(List.of(pictures), List.of(scores));
        System.out.println("frame " + frame + ": " + out.getFloat(0) + " " + out.getFloat(4));

        Tensor expected = session.run(pictures);
        Check.that(scores.bytes().equals(expected.bytes()), "the same as in new tensors");
      }
    }

    ByteBuffer bigEndian = ByteBuffer.allocate(4 * 36).order(ByteOrder.BIG_ENDIAN);
    try {
      Tensor.wrap(ElementType.FLOAT32, SCORES, bigEndian);
      Check.that(ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN, "another order is refused");
    } catch (IllegalArgumentException e) {
      System.out.println(e.getMessage());
    }
  }
}
