package io.clarinet.selftest;

import io.clarinet.kernel.Arg;
import io.clarinet.kernel.Launch;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.Work;
import io.clarinet.plan.Step;
import java.util.List;

/**
 * A kernel as a driver compiles it and as it is called: what a tiny case and a layer of a network
 * have in common.
 *
 * @param programs each once, however many launches a layer's size takes
 * @param inputs number of the operator's inputs
 */
record Form(String kernel, List<Program> programs, int inputs) {

  /** A launch without its extents and numbers. */
  record Program(String kernel, String prelude, List<Class<?>> arguments) {
    static Program of(Launch launch) {
      return new Program(
          launch.kernel(),
          launch.prelude(),
          launch.args().stream().<Class<?>>map(Arg::getClass).toList());
    }
  }

  /** Of a step that runs on the device. */
  static Form of(Step step) {
    Step.Action.Device device = (Step.Action.Device) step.action();
    return of(step.kernel(), device.work(), step.inputs().size());
  }

  static Form of(String kernel, Offer.Accept offer) {
    return of(kernel, offer.work(), offer.inputs().size());
  }

  private static Form of(String kernel, Work work, int inputs) {
    return new Form(
        kernel,
        ((Work.Launches) work).launches().stream().map(Program::of).distinct().toList(),
        inputs);
  }
}
