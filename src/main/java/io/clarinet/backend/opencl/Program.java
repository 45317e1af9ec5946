package io.clarinet.backend.opencl;

import static org.jocl.CL.CL_PROGRAM_BINARIES;
import static org.jocl.CL.CL_PROGRAM_BINARY_SIZES;
import static org.jocl.CL.CL_PROGRAM_BUILD_LOG;
import static org.jocl.CL.CL_SUCCESS;
import static org.jocl.CL.clBuildProgram;
import static org.jocl.CL.clCreateKernel;
import static org.jocl.CL.clCreateProgramWithBinary;
import static org.jocl.CL.clCreateProgramWithSource;
import static org.jocl.CL.clGetProgramBuildInfo;
import static org.jocl.CL.clGetProgramInfo;

import io.clarinet.backend.KernelRejectedException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_device_id;
import org.jocl.cl_kernel;
import org.jocl.cl_program;

/**
 * A built program.
 *
 * @param entry name of its kernel
 * @param key key of its binary in the cache
 */
record Program(String entry, String key, Handle<cl_program> handle) implements AutoCloseable {
  static final String OPTIONS = "-cl-std=CL1.2";

  /** PoCL's message when a signal meant for the JVM interrupted its file operations. */
  private static final String INTERRUPTED = "unable to rename temporary";

  /** Builds from source; the exception carries the compiler's log. */
  static Program fromSource(DeviceContext context, String entry, String key, String source) {
    try {
      return build(context, entry, key, source);
    } catch (KernelRejectedException e) {
      if (String.valueOf(e.getMessage()).contains(INTERRUPTED)) {
        return build(context, entry, key, source);
      }
      throw e;
    }
  }

  private static Program build(DeviceContext context, String entry, String key, String source) {
    int[] code = new int[1];
    cl_program program =
        clCreateProgramWithSource(context.context().get(), 1, new String[] {source}, null, code);
    Status.check(code[0], "clCreateProgramWithSource");
    Handle<cl_program> handle = Handle.of(program);
    int built = compile(program, context.device());
    if (built != CL_SUCCESS) {
      String log = log(program, context.device());
      handle.close();
      throw new KernelRejectedException(
          entry,
          entry + ".cl does not build: " + Status.describe(built, "clBuildProgram") + "\n" + log);
    }
    return new Program(entry, key, handle);
  }

  /** Loads a binary that {@link #binary} gave; empty if the driver does not take it. */
  static Optional<Program> fromBinary(
      DeviceContext context, String entry, String key, byte[] binary) {
    int[] code = new int[1];
    int[] status = new int[1];
    cl_program program =
        clCreateProgramWithBinary(
            context.context().get(),
            1,
            new cl_device_id[] {context.device()},
            new long[] {binary.length},
            new byte[][] {binary},
            status,
            code);
    if (code[0] != CL_SUCCESS) {
      return Optional.empty();
    }
    Handle<cl_program> handle = Handle.of(program);
    if (status[0] != CL_SUCCESS || compile(program, context.device()) != CL_SUCCESS) {
      handle.close();
      return Optional.empty();
    }
    return Optional.of(new Program(entry, key, handle));
  }

  private static int compile(cl_program program, cl_device_id device) {
    return clBuildProgram(program, 1, new cl_device_id[] {device}, OPTIONS, null, null);
  }

  private static String log(cl_program program, cl_device_id device) {
    long[] size = new long[1];
    clGetProgramBuildInfo(program, device, CL_PROGRAM_BUILD_LOG, 0, null, size);
    byte[] text = new byte[Math.toIntExact(size[0])];
    clGetProgramBuildInfo(
        program, device, CL_PROGRAM_BUILD_LOG, text.length, Pointer.to(text), null);
    return new String(text, StandardCharsets.UTF_8).replace("\0", "").strip();
  }

  /** A kernel object with arguments of its own. */
  Handle<cl_kernel> kernel() {
    int[] code = new int[1];
    cl_kernel kernel = clCreateKernel(handle.get(), entry, code);
    if (code[0] != CL_SUCCESS) {
      throw new KernelRejectedException(
          entry, entry + ".cl: " + Status.describe(code[0], "clCreateKernel"));
    }
    return Handle.of(kernel);
  }

  /** The compiled form, including parts compiled when the kernel was first started. */
  byte[] binary() {
    long[] size = new long[1];
    Status.check(
        clGetProgramInfo(
            handle.get(), CL_PROGRAM_BINARY_SIZES, Sizeof.size_t, Pointer.to(size), null),
        "clGetProgramInfo");
    byte[] binary = new byte[Math.toIntExact(size[0])];
    Status.check(
        clGetProgramInfo(
            handle.get(),
            CL_PROGRAM_BINARIES,
            Sizeof.POINTER,
            Pointer.to(Pointer.to(binary)),
            null),
        "clGetProgramInfo");
    return binary;
  }

  @Override
  public void close() {
    handle.close();
  }
}
