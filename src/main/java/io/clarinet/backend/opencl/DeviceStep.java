package io.clarinet.backend.opencl;

import io.clarinet.kernel.Launch;
import io.clarinet.plan.Step;
import java.util.ArrayList;
import java.util.List;
import org.jocl.cl_command_queue;
import org.jocl.cl_device_id;

/** A step that is one or more kernel launches. */
final class DeviceStep implements OpenClStep {
  private final Step step;
  private final List<String> names;
  private final List<BoundLaunch> launches = new ArrayList<>();

  DeviceStep(
      Step step, List<Launch> work, Programs programs, DeviceMemory memory, cl_device_id device) {
    this.step = step;
    this.names = work.stream().map(Launch::kernel).toList();
    try {
      for (Launch launch : work) {
        launches.add(new BoundLaunch(programs.of(launch), launch, step, memory, device));
      }
    } catch (RuntimeException | Error e) {
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
  public void trace(cl_command_queue queue, Recorder recorder, int index) {
    for (int i = 0; i < launches.size(); i++) {
      recorder.launch(index, names.get(i), launches.get(i));
    }
  }

  @Override
  public void close() {
    launches.forEach(BoundLaunch::close);
  }
}
