package io.clarinet.backend.opencl;

import static org.jocl.CL.clEnqueueNDRangeKernel;
import static org.jocl.CL.clEnqueueReadBuffer;
import static org.jocl.CL.clSetKernelArg;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_command_queue;
import org.jocl.cl_kernel;
import org.jocl.cl_mem;
import org.jspecify.annotations.Nullable;

/**
 * Addresses of buffers on a device whose buffers stay in place, read by {@code
 * opencl/cpu/chain.cl}.
 */
final class Addresses {
  private final DeviceContext context;
  private final Program program;
  private final Map<cl_mem, Integer> wanted = new LinkedHashMap<>();
  private long[] found = new long[0];

  /**
   * @param program a chain's
   */
  Addresses(DeviceContext context, Program program) {
    this.context = context;
    this.program = program;
  }

  /** Adds a buffer to find. */
  void want(cl_mem buffer) {
    wanted.putIfAbsent(buffer, wanted.size());
  }

  /** Asks the device for all added buffers' addresses. */
  void find(cl_command_queue queue) {
    ByteBuffer answer =
        ByteBuffer.allocateDirect(Math.max(1, wanted.size()) * Long.BYTES)
            .order(ByteOrder.nativeOrder());
    try (Handle<cl_mem> addresses = context.buffer(answer.capacity());
        Handle<cl_kernel> kernel = program.kernel()) {
      set(kernel, 0, Sizeof.cl_mem, Pointer.to(addresses.get()));
      for (int unused = 3; unused < 6; unused++) {
        set(kernel, unused, Sizeof.cl_int, Pointer.to(new int[1]));
      }
      set(kernel, 6, Float.BYTES, null);
      wanted.forEach(
          (buffer, at) -> {
            set(kernel, 1, Sizeof.cl_mem, Pointer.to(buffer));
            set(kernel, 2, Sizeof.cl_int, Pointer.to(new int[] {-1 - at}));
            start(queue, kernel);
          });
      Status.check(
          clEnqueueReadBuffer(
              queue,
              addresses.get(),
              true,
              0,
              answer.capacity(),
              Pointer.toBuffer(answer),
              0,
              null,
              null),
          "clEnqueueReadBuffer");
    }
    found = new long[wanted.size()];
    answer.asLongBuffer().get(found);
  }

  private static void set(
      Handle<cl_kernel> kernel, int index, long bytes, @Nullable Pointer value) {
    Status.check(clSetKernelArg(kernel.get(), index, bytes, value), "clSetKernelArg");
  }

  private static void start(cl_command_queue queue, Handle<cl_kernel> kernel) {
    long[] one = {1};
    Status.check(
        clEnqueueNDRangeKernel(queue, kernel.get(), 1, null, one, one, 0, null, null),
        "clEnqueueNDRangeKernel");
  }

  /** Runs a chain's program for no launch: it asks for the address of a buffer of no use. */
  static void findNone(DeviceContext context, Program program, cl_command_queue queue) {
    try (Handle<cl_mem> buffer = context.buffer(Long.BYTES)) {
      Addresses addresses = new Addresses(context, program);
      addresses.want(buffer.get());
      addresses.find(queue);
    }
  }

  /** Address of an added buffer. */
  long of(cl_mem buffer) {
    Integer at = wanted.get(buffer);
    if (at == null || at >= found.length) {
      throw new IllegalStateException("this buffer's address was not asked for");
    }
    return found[at];
  }
}
