package io.clarinet.backend.opencl;

import static org.jocl.CL.clEnqueueNDRangeKernel;
import static org.jocl.CL.clFinish;
import static org.jocl.CL.clSetKernelArg;

import java.util.List;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_command_queue;
import org.jocl.cl_kernel;
import org.jocl.cl_mem;

/**
 * A calibration kernel with its buffers, its first arguments, to be started again and again.
 *
 * @param group work-items of a group
 */
record MeterKernel(
    cl_command_queue queue, Handle<cl_kernel> kernel, List<Handle<cl_mem>> buffers, long group)
    implements AutoCloseable {

  MeterKernel {
    buffers = List.copyOf(buffers);
    for (int i = 0; i < buffers.size(); i++) {
      Status.check(
          clSetKernelArg(kernel.get(), i, Sizeof.cl_mem, Pointer.to(buffers.get(i).get())),
          "clSetKernelArg");
    }
  }

  void argument(int index, int value) {
    Status.check(
        clSetKernelArg(kernel.get(), index, Sizeof.cl_int, Pointer.to(new int[] {value})),
        "clSetKernelArg");
  }

  void enqueue(int items) {
    Status.check(
        clEnqueueNDRangeKernel(
            queue, kernel.get(), 1, null, new long[] {items}, new long[] {group}, 0, null, null),
        "clEnqueueNDRangeKernel");
  }

  void finish() {
    Status.check(clFinish(queue), "clFinish");
  }

  /** Runs it to its end. */
  void run(int items) {
    enqueue(items);
    finish();
  }

  @Override
  public void close() {
    kernel.close();
    buffers.forEach(Handle::close);
  }
}
