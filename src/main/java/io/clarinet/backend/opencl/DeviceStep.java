package io.clarinet.backend.opencl;

import static org.jocl.CL.CL_PROFILING_COMMAND_END;
import static org.jocl.CL.CL_PROFILING_COMMAND_START;
import static org.jocl.CL.clGetEventProfilingInfo;
import static org.jocl.CL.clWaitForEvents;

import io.clarinet.kernel.Launch;
import io.clarinet.plan.Step;
import java.util.ArrayList;
import java.util.List;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_command_queue;
import org.jocl.cl_device_id;
import org.jocl.cl_event;

/** A step that is one or more kernel launches. */
final class DeviceStep implements BoundStep {
  private final Step step;
  private final List<BoundLaunch> launches = new ArrayList<>();

  DeviceStep(
      Step step, List<Launch> work, Programs programs, DeviceMemory memory, cl_device_id device) {
    this.step = step;
    try {
      for (Launch launch : work) {
        launches.add(new BoundLaunch(programs.of(launch), launch, step, memory, device));
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  @Override
  public Step step() {
    return step;
  }

  @Override
  public void run(cl_command_queue queue) {
    for (int i = 0; i < launches.size(); i++) {
      launches.get(i).enqueue(queue, null);
    }
  }

  @Override
  public double time(cl_command_queue queue) {
    double seconds = 0;
    for (BoundLaunch launch : launches) {
      cl_event event = new cl_event();
      launch.enqueue(queue, event);
      try (Handle<cl_event> done = Handle.of(event)) {
        Status.check(clWaitForEvents(1, new cl_event[] {done.get()}), "clWaitForEvents");
        seconds +=
            (stamp(event, CL_PROFILING_COMMAND_END) - stamp(event, CL_PROFILING_COMMAND_START))
                * 1e-9;
      }
    }
    return seconds;
  }

  private static long stamp(cl_event event, int what) {
    long[] nanoseconds = new long[1];
    Status.check(
        clGetEventProfilingInfo(event, what, Sizeof.cl_ulong, Pointer.to(nanoseconds), null),
        "clGetEventProfilingInfo");
    return nanoseconds[0];
  }

  @Override
  public void close() {
    launches.forEach(BoundLaunch::close);
  }
}
