package io.clarinet.backend.opencl;

import io.clarinet.backend.Span;
import io.clarinet.kernel.HostFunction;
import io.clarinet.plan.Place;
import io.clarinet.plan.Step;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jocl.cl_command_queue;

/** A step that runs on the host, between a download and an upload. */
final class HostStep implements OpenClStep {
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
      downloads.add(new QueuedTransfer(place, memory.of(place)));
      inputs.add(Tensor.zeros(place.type(), place.shape()));
    }
    for (Place place : step.outputs()) {
      uploads.add(new QueuedTransfer(place, memory.of(place)));
      outputs.add(Tensor.zeros(place.type(), place.shape()));
    }
  }

  @Override
  public Step step() {
    return step;
  }

  @Override
  public void run(cl_command_queue queue) {
    download(queue);
    step.run(function, inputs, outputs);
    upload(queue);
  }

  @Override
  public void trace(cl_command_queue queue, Recorder recorder, int index) {
    recorder.finish();
    recorder.host(Span.Kind.DOWNLOAD, index, step.node(), () -> download(queue));
    recorder.host(Span.Kind.HOST, index, step.kernel(), () -> step.run(function, inputs, outputs));
    recorder.host(Span.Kind.UPLOAD, index, step.node(), () -> upload(queue));
  }

  private void download(cl_command_queue queue) {
    for (int i = 0; i < downloads.size(); i++) {
      downloads.get(i).read(queue, inputs.get(i));
    }
  }

  private void upload(cl_command_queue queue) {
    for (int i = 0; i < uploads.size(); i++) {
      uploads.get(i).write(queue, outputs.get(i));
    }
  }
}
