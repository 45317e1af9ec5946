package io.clarinet.backend;

import io.clarinet.kernel.HostFunction;
import io.clarinet.plan.Place;
import io.clarinet.plan.Step;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A step on the host, over tensors of its own, which are filled before and emptied after. */
public final class HostCall {
  private final Step step;
  private final HostFunction function;
  private final List<Transfer> downloads = new ArrayList<>();
  private final List<Transfer> uploads = new ArrayList<>();
  private final List<Tensor> inputs = new ArrayList<>();
  private final List<Tensor> outputs = new ArrayList<>();

  /**
   * @param transfers from and to a place
   */
  public HostCall(Step step, HostFunction function, Function<Place, Transfer> transfers) {
    this.step = step;
    this.function = function;
    for (int i = 0; i < step.inputs().size(); i++) {
      add(step.input(i), transfers, downloads, inputs);
    }
    step.outputs().forEach(place -> add(place, transfers, uploads, outputs));
  }

  private static void add(
      Place place, Function<Place, Transfer> transfers, List<Transfer> to, List<Tensor> tensors) {
    to.add(transfers.apply(place));
    tensors.add(Tensor.zeros(place.type(), place.shape()));
  }

  /** Brings the inputs, computes, and takes the outputs back. */
  public void run() {
    download();
    compute();
    upload();
  }

  /** Brings the inputs from the device. */
  public void download() {
    for (int i = 0; i < downloads.size(); i++) {
      downloads.get(i).read(inputs.get(i));
    }
  }

  /** Computes the outputs. */
  public void compute() {
    step.run(function, inputs, outputs);
  }

  /** Takes the outputs to the device. */
  public void upload() {
    for (int i = 0; i < uploads.size(); i++) {
      uploads.get(i).write(outputs.get(i));
    }
  }
}
