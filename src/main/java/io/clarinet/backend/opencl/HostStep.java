package io.clarinet.backend.opencl;

import io.clarinet.kernel.HostFunction;
import io.clarinet.plan.Place;
import io.clarinet.plan.Step;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jocl.cl_command_queue;

/** A step that runs on the host, between a download and an upload. */
final class HostStep implements BoundStep {
  private final Step step;
  private final HostFunction function;
  private final List<Transfer> downloads = new ArrayList<>();
  private final List<Transfer> uploads = new ArrayList<>();
  private final List<Tensor> inputs = new ArrayList<>();
  private final List<Tensor> outputs = new ArrayList<>();

  HostStep(Step step, HostFunction function, DeviceMemory memory) {
    this.step = step;
    this.function = function;
    for (int i = 0; i < step.inputs().size(); i++) {
      Place place = step.input(i);
      downloads.add(new Transfer(place, memory.of(place)));
      inputs.add(Tensor.zeros(place.type(), place.shape()));
    }
    for (Place place : step.outputs()) {
      uploads.add(new Transfer(place, memory.of(place)));
      outputs.add(Tensor.zeros(place.type(), place.shape()));
    }
  }

  @Override
  public Step step() {
    return step;
  }

  @Override
  public void run(cl_command_queue queue) {
    for (int i = 0; i < downloads.size(); i++) {
      downloads.get(i).read(queue, inputs.get(i));
    }
    function.run(inputs, outputs);
    for (int i = 0; i < uploads.size(); i++) {
      uploads.get(i).write(queue, outputs.get(i));
    }
  }

  @Override
  public double time(cl_command_queue queue) {
    long start = System.nanoTime();
    run(queue);
    return (System.nanoTime() - start) * 1e-9;
  }
}
