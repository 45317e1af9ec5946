package io.clarinet.backend.opencl;

import static org.jocl.CL.CL_MAP_READ;
import static org.jocl.CL.CL_MAP_WRITE;
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
 * Moves a value to and from a device that uses the host's memory: mapped for as long as a copy
 * takes, the buffer is reached where it lies, and no second copy is made.
 */
final class SharedTransfer implements Transfer {
  private final cl_command_queue queue;
  private final cl_mem memory;
  private final Place place;
  private final Pieces pieces;

  SharedTransfer(Place place, cl_mem memory, cl_command_queue queue) {
    this.queue = queue;
    this.memory = memory;
    this.place = place;
    this.pieces = Pieces.of(place);
  }

  /** What lies between the items of a batch is kept: it is mapped for reading too. */
  @Override
  public void write(Tensor from) {
    ByteBuffer mapped = map(CL_MAP_READ | CL_MAP_WRITE);
    pieces.scatter(from.bytes(), mapped);
    unmap(mapped);
  }

  @Override
  public void read(Tensor to) {
    ByteBuffer mapped = map(CL_MAP_READ);
    pieces.gather(mapped, to.bytes());
    unmap(mapped);
  }

  private ByteBuffer map(long how) {
    int[] code = new int[1];
    ByteBuffer mapped =
        clEnqueueMapBuffer(
            queue, memory, true, how, place.byteOffset(), place.extentBytes(), 0, null, null, code);
    Status.check(code[0], "clEnqueueMapBuffer");
    return mapped;
  }

  private void unmap(ByteBuffer mapped) {
    Status.check(
        clEnqueueUnmapMemObject(queue, memory, mapped, 0, null, null), "clEnqueueUnmapMemObject");
  }
}
