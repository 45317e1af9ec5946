package io.clarinet.backend.opencl;

import static org.jocl.CL.clEnqueueReadBuffer;
import static org.jocl.CL.clEnqueueWriteBuffer;

import io.clarinet.backend.Pieces;
import io.clarinet.backend.Transfer;
import io.clarinet.plan.Place;
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
  private final cl_command_queue queue;
  private final cl_mem memory;
  private final long start;
  private final Pieces pieces;
  private @Nullable ByteBuffer staging;

  QueuedTransfer(Place place, cl_mem memory, cl_command_queue queue) {
    this.queue = queue;
    this.memory = memory;
    this.start = place.byteOffset();
    this.pieces = Pieces.of(place);
  }

  @Override
  public void write(Tensor from) {
    ByteBuffer bytes = from.bytes();
    if (!bytes.isDirect()) {
      bytes = staging().put(bytes).flip();
    }
    for (int i = 0; i < pieces.count(); i++) {
      Status.check(
          clEnqueueWriteBuffer(
              queue, memory, true, at(i), pieces.bytes(), piece(bytes, i), 0, null, null),
          "clEnqueueWriteBuffer");
    }
  }

  @Override
  public void read(Tensor to) {
    ByteBuffer bytes = to.bytes();
    ByteBuffer direct = bytes.isDirect() ? bytes : staging();
    for (int i = 0; i < pieces.count(); i++) {
      Status.check(
          clEnqueueReadBuffer(
              queue, memory, true, at(i), pieces.bytes(), piece(direct, i), 0, null, null),
          "clEnqueueReadBuffer");
    }
    if (direct != bytes) {
      bytes.put(direct);
    }
  }

  private long at(int piece) {
    return start + piece * pieces.stride();
  }

  private Pointer piece(ByteBuffer bytes, int index) {
    return Pointer.toBuffer(bytes).withByteOffset(index * pieces.bytes());
  }

  private ByteBuffer staging() {
    ByteBuffer kept = staging;
    if (kept == null) {
      kept = ByteBuffer.allocateDirect(Math.toIntExact(pieces.count() * pieces.bytes()));
      staging = kept;
    }
    return kept.clear();
  }
}
