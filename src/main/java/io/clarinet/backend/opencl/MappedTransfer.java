package io.clarinet.backend.opencl;

import static org.jocl.CL.CL_MAP_READ;
import static org.jocl.CL.CL_MAP_WRITE;
import static org.jocl.CL.clEnqueueMapBuffer;
import static org.jocl.CL.clEnqueueUnmapMemObject;
import static org.jocl.CL.clFinish;

import io.clarinet.backend.Pieces;
import io.clarinet.backend.Transfer;
import io.clarinet.plan.Place;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import org.jocl.cl_command_queue;
import org.jocl.cl_mem;

/**
 * Moves a value on the calling thread, where the device's memory is the host's and stays in place:
 * no worker has to be woken for it. The memory is mapped for as long as this is open, and reached
 * only while the queue is empty.
 */
final class MappedTransfer implements Transfer {
  private final cl_command_queue queue;
  private final cl_mem memory;
  private final ByteBuffer whole;
  private final Pieces pieces;

  MappedTransfer(Place place, cl_mem memory, cl_command_queue queue) {
    this.queue = queue;
    this.memory = memory;
    this.pieces = Pieces.of(place);
    int[] code = new int[1];
    this.whole =
        clEnqueueMapBuffer(
            queue,
            memory,
            true,
            CL_MAP_READ | CL_MAP_WRITE,
            place.byteOffset(),
            Math.max(1, place.extentBytes()),
            0,
            null,
            null,
            code);
    Status.check(code[0], "clEnqueueMapBuffer");
  }

  /** Whether a value can be moved so: it must fit into one buffer of the host. */
  static boolean accepts(Place place) {
    return place.extentBytes() > 0 && place.extentBytes() <= Integer.MAX_VALUE;
  }

  @Override
  public void write(Tensor from) {
    pieces.scatter(from.bytes(), whole);
  }

  @Override
  public void read(Tensor to) {
    Status.check(clFinish(queue), "clFinish");
    pieces.gather(whole, to.bytes());
  }

  @Override
  public void close() {
    Status.check(
        clEnqueueUnmapMemObject(queue, memory, whole, 0, null, null), "clEnqueueUnmapMemObject");
    Status.check(clFinish(queue), "clFinish");
  }
}
