package io.clarinet.cli;

import io.clarinet.report.DeviceSpeed;
import io.clarinet.report.Explanation;
import io.clarinet.report.Explanation.StepInfo;
import io.clarinet.report.StepCost;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measured times of a plan's steps beside their work and the device's limits.
 *
 * @param plan beside the device's present speed
 * @param calibrated the same beside the speed that it was planned for
 * @param present the device's speed beside the runs
 */
record Profile(Explanation plan, Explanation calibrated, PresentSpeed present, Measured measured) {

  static Profile of(Explanation calibrated, List<DeviceSpeed> speeds, Measured measured) {
    PresentSpeed present = PresentSpeed.of(speeds);
    return new Profile(calibrated.at(present.median()), calibrated, present, measured);
  }

  Map<String, Object> toJson() {
    List<Map<String, Object>> steps = new ArrayList<>();
    for (int i = 0; i < measured.steps().length; i++) {
      steps.add(toJson(plan.steps().get(i), measured.steps()[i]));
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("model", plan.model());
    document.put("device", plan.device());
    document.put("peak_gflops", calibrated.peakFlops() * 1e-9);
    document.put("bandwidth_gb_per_second", calibrated.bandwidth() * 1e-9);
    document.put("speed_measured", calibrated.measured());
    document.put("present_speed", present.toJson());
    document.put("steps", steps);
    List<Layer> layers = Layer.of(plan, measured);
    document.put(
        "kernels", KernelTotals.of(layers, plan).stream().map(KernelTotals::toJson).toList());
    document.put("total_ms", measured.sum() * 1e3);
    document.put("run_ms", measured.total() * 1e3);
    document.put("predicted_ms", plan.predictedSeconds() * 1e3);
    document.put("floor_ms", plan.floorSeconds() * 1e3);
    document.put("share", share());
    document.put("calibrated_floor_ms", calibrated.floorSeconds() * 1e3);
    document.put("gflop", plan.flops() * 1e-9);
    document.put("gflops", plan.flops() / measured.sum() * 1e-9);
    return document;
  }

  /** Share of the device's present speed that all steps together reach. */
  double share() {
    return plan.floorSeconds() / measured.sum();
  }

  private Map<String, Object> toJson(StepInfo step, double seconds) {
    StepCost cost = step.cost();
    Rate rate = Rate.of(cost, seconds, plan);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("node", step.node());
    json.put("layer", step.layer());
    json.put("op", step.op());
    json.put("kernel", step.kernel());
    json.put("where", step.where());
    json.put("output", step.output());
    json.put("median_ms", seconds * 1e3);
    json.put("predicted_ms", step.predictedSeconds() * 1e3);
    json.put("floor_ms", plan.floorSeconds(cost) * 1e3);
    json.put("flops", cost.flops());
    json.put("algorithm_flops", cost.multipliedFlops());
    json.put("bytes", cost.bytes());
    json.put("gflops", cost.flops() / seconds * 1e-9);
    json.put("gb_per_second", cost.bytes() / seconds * 1e-9);
    json.put("bound", rate.compute() ? "compute" : "memory");
    json.put("share", rate.share());
    return json;
  }
}
