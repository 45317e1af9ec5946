package io.clarinet.backend.opencl;

import static org.jocl.CL.clEnqueueNDRangeKernel;
import static org.jocl.CL.clFinish;
import static org.jocl.CL.clSetKernelArg;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_command_queue;
import org.jocl.cl_kernel;
import org.jocl.cl_mem;

/** A calibration kernel with its buffers, its first arguments, to be started again and again. */
final class MeterKernel implements AutoCloseable {
  private final cl_command_queue queue;
  private final Handle<cl_kernel> kernel;
  private final long group;
  private final List<Handle<cl_mem>> buffers = new ArrayList<>();

  /**
   * Without buffers yet.
   *
   * @param kernel closed with this
   * @param group work-items of a group
   */
  MeterKernel(cl_command_queue queue, Handle<cl_kernel> kernel, long group) {
    this.queue = queue;
    this.kernel = kernel;
    this.group = group;
  }

  /** Makes more of it, and closes it if that fails. */
  <T> T orClosed(Supplier<T> more) {
    try {
      return more.get();
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /** Takes a buffer as its next argument, and to close. */
  void add(Handle<cl_mem> buffer) {
    buffers.add(buffer);
    Status.check(
        clSetKernelArg(kernel.get(), buffers.size() - 1, Sizeof.cl_mem, Pointer.to(buffer.get())),
        "clSetKernelArg");
  }

  /** Its buffer of this argument. */
  cl_mem buffer(int index) {
    return buffers.get(index).get();
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
