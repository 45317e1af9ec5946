package io.clarinet.backend.opencl;

import static org.jocl.CL.CL_PROFILING_COMMAND_END;
import static org.jocl.CL.CL_PROFILING_COMMAND_QUEUED;
import static org.jocl.CL.CL_PROFILING_COMMAND_START;
import static org.jocl.CL.clFinish;
import static org.jocl.CL.clGetEventProfilingInfo;

import io.clarinet.backend.RunClock;
import io.clarinet.backend.Span;
import java.util.ArrayList;
import java.util.List;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_command_queue;
import org.jocl.cl_event;

/** Records start and duration of the parts of one run; the device's clock is aligned. */
final class Recorder implements AutoCloseable {
  private final cl_command_queue queue;
  private final RunClock clock = new RunClock();
  private final List<Part> parts = new ArrayList<>();

  /**
   * @param queue a profiling queue
   */
  Recorder(cl_command_queue queue) {
    this.queue = queue;
  }

  private sealed interface Part {
    record OnHost(Span span) implements Part {}

    record OnDevice(int step, String name, long before, Handle<cl_event> event) implements Part {}
  }

  /** Does a piece of work that has ended when it returns. */
  void host(Span.Kind kind, int step, String name, Runnable work) {
    parts.add(new Part.OnHost(clock.time(kind, step, name, work)));
  }

  /** Starts a kernel. */
  void launch(int step, String name, BoundLaunch launch) {
    long before = System.nanoTime();
    cl_event event = new cl_event();
    launch.enqueue(queue, event);
    parts.add(new Part.OnDevice(step, name, before, Handle.of(event)));
  }

  /** Waits for all kernels. */
  void finish() {
    Status.check(clFinish(queue), "clFinish");
  }

  /** All parts in the order in which they were started; nothing may run any more. */
  List<Span> spans() {
    long offset = offset();
    List<Span> spans = new ArrayList<>();
    for (Part part : parts) {
      if (part instanceof Part.OnDevice launch) {
        long start = stamp(launch, CL_PROFILING_COMMAND_START);
        double seconds = (stamp(launch, CL_PROFILING_COMMAND_END) - start) * 1e-9;
        double since = (start + offset - clock.origin()) * 1e-9;
        spans.add(new Span(Span.Kind.KERNEL, launch.step(), launch.name(), since, seconds));
      } else {
        spans.add(((Part.OnHost) part).span());
      }
    }
    return spans;
  }

  /**
   * Offset in nanoseconds from the device's clock to the host's: no kernel was queued before it was
   * requested.
   */
  private long offset() {
    long offset = Long.MIN_VALUE;
    for (Part part : parts) {
      if (part instanceof Part.OnDevice launch) {
        offset = Math.max(offset, launch.before() - stamp(launch, CL_PROFILING_COMMAND_QUEUED));
      }
    }
    return offset;
  }

  private static long stamp(Part.OnDevice launch, int what) {
    long[] nanoseconds = new long[1];
    Status.check(
        clGetEventProfilingInfo(
            launch.event().get(), what, Sizeof.cl_ulong, Pointer.to(nanoseconds), null),
        "clGetEventProfilingInfo");
    return nanoseconds[0];
  }

  @Override
  public void close() {
    for (Part part : parts) {
      if (part instanceof Part.OnDevice launch) {
        launch.event().close();
      }
    }
  }
}
