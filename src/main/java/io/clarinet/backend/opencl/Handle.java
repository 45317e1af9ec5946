package io.clarinet.backend.opencl;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import org.jocl.CL;
import org.jocl.cl_command_queue;
import org.jocl.cl_context;
import org.jocl.cl_event;
import org.jocl.cl_kernel;
import org.jocl.cl_mem;
import org.jocl.cl_program;
import org.jspecify.annotations.Nullable;

/** An OpenCL object that is released once and cannot be used after. */
final class Handle<T> implements AutoCloseable {
  private static final AtomicInteger LIVE = new AtomicInteger();

  private final String kind;
  private final ToIntFunction<T> release;
  private @Nullable T value;

  private Handle(String kind, T value, ToIntFunction<T> release) {
    this.kind = kind;
    this.value = value;
    this.release = release;
    LIVE.incrementAndGet();
  }

  static Handle<cl_context> of(cl_context context) {
    return new Handle<>("context", context, CL::clReleaseContext);
  }

  static Handle<cl_command_queue> of(cl_command_queue queue) {
    return new Handle<>("command queue", queue, CL::clReleaseCommandQueue);
  }

  static Handle<cl_program> of(cl_program program) {
    return new Handle<>("program", program, CL::clReleaseProgram);
  }

  static Handle<cl_kernel> of(cl_kernel kernel) {
    return new Handle<>("kernel", kernel, CL::clReleaseKernel);
  }

  static Handle<cl_mem> of(cl_mem memory) {
    return new Handle<>("buffer", memory, CL::clReleaseMemObject);
  }

  static Handle<cl_event> of(cl_event event) {
    return new Handle<>("event", event, CL::clReleaseEvent);
  }

  /** Number of handles that were made and not closed, in the whole process. */
  static int live() {
    return LIVE.get();
  }

  /**
   * The object.
   *
   * @throws IllegalStateException after {@link #close}
   */
  T get() {
    T live = value;
    if (live == null) {
      throw new IllegalStateException("this " + kind + " is closed");
    }
    return live;
  }

  /** Releases the object; a second call does nothing. */
  @Override
  public synchronized void close() {
    T live = value;
    if (live != null) {
      value = null;
      LIVE.decrementAndGet();
      Status.check(release.applyAsInt(live), "releasing a " + kind);
    }
  }
}
