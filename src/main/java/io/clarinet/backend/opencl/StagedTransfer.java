package io.clarinet.backend.opencl;

import static org.jocl.CL.CL_MAP_READ;
import static org.jocl.CL.CL_MAP_WRITE_INVALIDATE_REGION;
import static org.jocl.CL.clEnqueueCopyBuffer;
import static org.jocl.CL.clEnqueueMapBuffer;
import static org.jocl.CL.clEnqueueUnmapMemObject;

import io.clarinet.backend.Pieces;
import io.clarinet.backend.Transfer;
import io.clarinet.plan.Place;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import org.jocl.cl_command_queue;
import org.jocl.cl_mem;

/**
 * Moves a value to and from a device with memory of its own, by way of a buffer in pinned memory of
 * the host, which the device copies from and to by itself. Neither waits for the other: a write
 * returns once it is queued, a read waits for its own copy alone.
 */
final class StagedTransfer implements Transfer {
  private final cl_command_queue queue;
  private final cl_mem memory;
  private final long start;
  private final Pieces pieces;
  private final Handle<cl_mem> staging;

  StagedTransfer(Place place, cl_mem memory, cl_command_queue queue, DeviceContext context) {
    this.queue = queue;
    this.memory = memory;
    this.start = place.byteOffset();
    this.pieces = Pieces.of(place);
    this.staging = context.hostBuffer(total());
  }

  private long total() {
    return pieces.count() * pieces.bytes();
  }

  @Override
  public void write(Tensor from) {
    ByteBuffer mapped = map(CL_MAP_WRITE_INVALIDATE_REGION);
    mapped.put(from.bytes());
    unmap(mapped);
    for (int i = 0; i < pieces.count(); i++) {
      copy(staging.get(), i * pieces.bytes(), memory, at(i));
    }
  }

  @Override
  public void read(Tensor to) {
    for (int i = 0; i < pieces.count(); i++) {
      copy(memory, at(i), staging.get(), i * pieces.bytes());
    }
    ByteBuffer mapped = map(CL_MAP_READ);
    to.bytes().put(mapped);
    unmap(mapped);
  }

  private long at(int piece) {
    return start + piece * pieces.stride();
  }

  private void copy(cl_mem from, long fromByte, cl_mem to, long toByte) {
    Status.check(
        clEnqueueCopyBuffer(queue, from, to, fromByte, toByte, pieces.bytes(), 0, null, null),
        "clEnqueueCopyBuffer");
  }

  private ByteBuffer map(long how) {
    int[] code = new int[1];
    ByteBuffer mapped =
        clEnqueueMapBuffer(queue, staging.get(), true, how, 0, total(), 0, null, null, code);
    Status.check(code[0], "clEnqueueMapBuffer");
    return mapped;
  }

  private void unmap(ByteBuffer mapped) {
    Status.check(
        clEnqueueUnmapMemObject(queue, staging.get(), mapped, 0, null, null),
        "clEnqueueUnmapMemObject");
  }

  @Override
  public void close() {
    staging.close();
  }
}
