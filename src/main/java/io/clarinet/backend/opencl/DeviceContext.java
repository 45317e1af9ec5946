package io.clarinet.backend.opencl;

import static org.jocl.CL.CL_CONTEXT_PLATFORM;
import static org.jocl.CL.CL_MEM_ALLOC_HOST_PTR;
import static org.jocl.CL.CL_MEM_HOST_PTR;
import static org.jocl.CL.CL_MEM_READ_ONLY;
import static org.jocl.CL.CL_MEM_READ_WRITE;
import static org.jocl.CL.CL_MEM_USE_HOST_PTR;
import static org.jocl.CL.CL_QUEUE_PROFILING_ENABLE;
import static org.jocl.CL.clCreateBuffer;
import static org.jocl.CL.clCreateCommandQueue;
import static org.jocl.CL.clCreateContext;
import static org.jocl.CL.clGetMemObjectInfo;

import io.clarinet.backend.DeviceException;
import java.nio.ByteBuffer;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_command_queue;
import org.jocl.cl_context;
import org.jocl.cl_context_properties;
import org.jocl.cl_device_id;
import org.jocl.cl_mem;

/**
 * A device with an open context, from which queues and buffers are made.
 *
 * @param pocl whether the driver is PoCL
 */
public record DeviceContext(
    ListedDevice listed,
    cl_device_id device,
    String platformVersion,
    boolean pocl,
    Handle<cl_context> context)
    implements AutoCloseable {

  static DeviceContext open(ListedDevice listed, cl_device_id device, Platform platform) {
    cl_context_properties properties = new cl_context_properties();
    properties.addProperty(CL_CONTEXT_PLATFORM, platform.handle());
    int[] code = new int[1];
    cl_context context =
        clCreateContext(properties, 1, new cl_device_id[] {device}, null, null, code);
    Status.check(code[0], "clCreateContext on " + listed);
    return new DeviceContext(
        listed, device, platform.version(), platform.isPocl(), Handle.of(context));
  }

  /** An in-order queue. */
  Handle<cl_command_queue> queue(boolean profiling) {
    int[] code = new int[1];
    @SuppressWarnings("deprecation")
    cl_command_queue queue =
        clCreateCommandQueue(
            context.get(), device, profiling ? CL_QUEUE_PROFILING_ENABLE : 0, code);
    Status.check(code[0], "clCreateCommandQueue on " + listed);
    return Handle.of(queue);
  }

  /** A buffer that kernels read and write. */
  Handle<cl_mem> buffer(long bytes) {
    return buffer(bytes, CL_MEM_READ_WRITE);
  }

  /** A buffer that kernels only read. */
  Handle<cl_mem> constantBuffer(long bytes) {
    return buffer(bytes, CL_MEM_READ_ONLY);
  }

  /**
   * A buffer in pinned memory of the host, which both reach: on a device that shares it, where
   * kernels work; on another, what it copies from and to by itself.
   */
  Handle<cl_mem> hostBuffer(long bytes) {
    return buffer(bytes, CL_MEM_READ_WRITE | CL_MEM_ALLOC_HOST_PTR);
  }

  private Handle<cl_mem> buffer(long bytes, long flags) {
    int[] code = new int[1];
    cl_mem memory = clCreateBuffer(context.get(), flags, Math.max(bytes, 4), null, code);
    if (code[0] != 0) {
      throw DeviceException.outOfMemory(
          "no buffer of "
              + bytes
              + " bytes on "
              + listed
              + ": "
              + Status.describe(code[0], "clCreateBuffer")
              + "; try a smaller batch",
          null);
    }
    return Handle.of(memory);
  }

  /** The address of a direct buffer's first byte, which no kernel is given by this. */
  long address(ByteBuffer direct) {
    int[] code = new int[1];
    long flags = CL_MEM_READ_ONLY | CL_MEM_USE_HOST_PTR;
    cl_mem memory = clCreateBuffer(context.get(), flags, 1, Pointer.toBuffer(direct), code);
    Status.check(code[0], "clCreateBuffer");
    long[] address = new long[1];
    try (Handle<cl_mem> closed = Handle.of(memory)) {
      Status.check(
          clGetMemObjectInfo(
              closed.get(), CL_MEM_HOST_PTR, Sizeof.POINTER, Pointer.to(address), null),
          "clGetMemObjectInfo");
    }
    return address[0];
  }

  /** Whether the driver gains nothing from building programs on several threads. */
  boolean compilesInTurn() {
    return pocl;
  }

  /** Throws if disk space is short, at which the compiler would end the process. */
  void requireSpaceToCompile() {
    String shortage = pocl ? PoclCache.shortage() : "";
    if (!shortage.isEmpty()) {
      throw new DeviceException(listed + " cannot compile: " + shortage);
    }
  }

  /**
   * Whether the driver keeps compiled programs from one process to the next. PoCL does; to give a
   * binary it would compile every kernel once more, in a general form.
   */
  boolean cachesBuilds() {
    return pocl && !"0".equals(System.getenv("POCL_KERNEL_CACHE"));
  }

  /**
   * Whether buffers are known to keep their address, and work-groups to see each other's writes.
   */
  boolean staysInPlace() {
    return pocl && listed.type().equals("cpu");
  }

  /** As {@link OpenCl#identity(ListedDevice)}. */
  String identity() {
    return OpenCl.identity(listed, platformVersion);
  }

  @Override
  public void close() {
    context.close();
  }
}
