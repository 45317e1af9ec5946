package io.clarinet.backend.opencl;

import static org.jocl.CL.clEnqueueReadBuffer;
import static org.jocl.CL.clEnqueueWriteBuffer;

import io.clarinet.plan.Place;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import org.jocl.Pointer;
import org.jocl.cl_command_queue;
import org.jocl.cl_mem;
import org.jspecify.annotations.Nullable;

/**
 * Moves a value by commands of the queue, blocking, in one piece or, where it lies inside of a
 * larger value, one batch item at a time. Heap buffers pass through direct memory that is kept, for
 * the driver cannot reach them without holding the garbage collector off.
 */
final class QueuedTransfer implements Transfer {
  private final Place place;
  private final cl_mem memory;
  private final long pieces;
  private final long pieceBytes;
  private @Nullable ByteBuffer staging;

  QueuedTransfer(Place place, cl_mem memory) {
    if (place.layout().isBlocked()) {
      throw new IllegalArgumentException("only plain values cross to the host, not " + place);
    }
    this.place = place;
    this.memory = memory;
    Shape shape = place.shape();
    long bytes = shape.size() * place.type().bytes();
    this.pieces = bytes == 0 ? 0 : place.isDense() ? 1 : shape.n();
    this.pieceBytes = pieces == 0 ? 0 : bytes / pieces;
  }

  @Override
  public void write(cl_command_queue queue, Tensor tensor) {
    ByteBuffer bytes = tensor.bytes();
    if (!bytes.isDirect()) {
      bytes = staging().put(bytes).flip();
    }
    for (int i = 0; i < pieces; i++) {
      Status.check(
          clEnqueueWriteBuffer(
              queue, memory, true, at(i), pieceBytes, piece(bytes, i), 0, null, null),
          "clEnqueueWriteBuffer");
    }
  }

  @Override
  public void read(cl_command_queue queue, Tensor tensor) {
    ByteBuffer bytes = tensor.bytes();
    ByteBuffer direct = bytes.isDirect() ? bytes : staging();
    for (int i = 0; i < pieces; i++) {
      Status.check(
          clEnqueueReadBuffer(
              queue, memory, true, at(i), pieceBytes, piece(direct, i), 0, null, null),
          "clEnqueueReadBuffer");
    }
    if (direct != bytes) {
      bytes.put(direct);
    }
  }

  private long at(int piece) {
    return place.byteOffset() + piece * place.batchStride() * place.type().bytes();
  }

  private Pointer piece(ByteBuffer bytes, int index) {
    return Pointer.toBuffer(bytes).withByteOffset(index * pieceBytes);
  }

  private ByteBuffer staging() {
    ByteBuffer kept = staging;
    if (kept == null) {
      kept = ByteBuffer.allocateDirect(Math.toIntExact(pieces * pieceBytes));
      staging = kept;
    }
    return kept.clear();
  }
}
