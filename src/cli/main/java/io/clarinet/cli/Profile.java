package io.clarinet.cli;

import io.clarinet.report.Explanation;
import io.clarinet.report.Explanation.StepInfo;
import io.clarinet.report.StepCost;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Measured times of a plan's steps beside their work and the device's limits. */
record Profile(Explanation plan, Measured measured) {

  /** A step's use of the resource that limits it: arithmetic or memory. */
  private record Use(boolean compute, double rate, double share) {}

  /** By arithmetic or by memory, whichever would take the step longer at the device's best. */
  private Use use(StepCost cost, double seconds) {
    double flops = cost.multipliedFlops();
    boolean compute = flops / plan.peakFlops() > cost.bytes() / plan.bandwidth();
    return compute
        ? new Use(true, cost.flops() / seconds, flops / seconds / plan.peakFlops())
        : new Use(false, cost.bytes() / seconds, cost.bytes() / seconds / plan.bandwidth());
  }

  Map<String, Object> toJson() {
    List<Map<String, Object>> steps = new ArrayList<>();
    for (int i = 0; i < measured.steps().length; i++) {
      steps.add(toJson(plan.steps().get(i), measured.steps()[i]));
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("model", plan.model());
    document.put("device", plan.device());
    document.put("peak_gflops", plan.peakFlops() * 1e-9);
    document.put("bandwidth_gb_per_second", plan.bandwidth() * 1e-9);
    document.put("speed_measured", plan.measured());
    document.put("steps", steps);
    document.put("total_ms", measured.sum() * 1e3);
    document.put("run_ms", measured.total() * 1e3);
    document.put("predicted_ms", plan.predictedSeconds() * 1e3);
    document.put("floor_ms", plan.floorSeconds() * 1e3);
    document.put("gflop", plan.flops() * 1e-9);
    document.put("gflops", plan.flops() / measured.sum() * 1e-9);
    return document;
  }

  private Map<String, Object> toJson(StepInfo step, double seconds) {
    StepCost cost = step.cost();
    Use use = use(cost, seconds);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("node", step.node());
    json.put("layer", step.layer());
    json.put("op", step.op());
    json.put("kernel", step.kernel());
    json.put("where", step.where());
    json.put("output", step.output());
    json.put("median_ms", seconds * 1e3);
    json.put("predicted_ms", step.predictedSeconds() * 1e3);
    json.put("floor_ms", cost.floorSeconds() * 1e3);
    json.put("flops", cost.flops());
    json.put("algorithm_flops", cost.multipliedFlops());
    json.put("bytes", cost.bytes());
    json.put("gflops", cost.flops() / seconds * 1e-9);
    json.put("gb_per_second", cost.bytes() / seconds * 1e-9);
    json.put("bound", use.compute() ? "compute" : "memory");
    json.put("share", use.share());
    return json;
  }

  void print(PrintWriter out) {
    List<Layer> layers = Layer.of(plan, measured);
    int node = width(layers, Layer::name, 12);
    int kernel = width(layers, layer -> layer.step().kernel(), 8);
    int output = width(layers, Layer::output, 8);
    String columns = "%-" + node + "s  %-" + kernel + "s  %-" + output + "s  ";
    out.printf("%s: %s%n%n", plan.title(), plan.speed());
    out.printf(
        columns + "%9s %6s %9s %9s %8s  %s%n",
        "step",
        "kernel",
        "output",
        "ms",
        "time",
        "predicted",
        "floor",
        "GFLOP",
        "rate, share of the device's best");
    for (Layer layer : layers) {
      double seconds = layer.seconds();
      out.printf(
          Locale.ROOT,
          columns + "%9.3f %5.1f%% %9.3f %9.3f %8s  %s%n",
          layer.name(),
          layer.step().kernel(),
          layer.output(),
          seconds * 1e3,
          100 * seconds / measured.sum(),
          layer.predictedSeconds() * 1e3,
          layer.cost().floorSeconds() * 1e3,
          gflop(layer.cost().flops()),
          layer.step().where().equals("host") ? "on the host" : rate(use(layer.cost(), seconds)));
    }
    printTotals(out);
  }

  private static int width(List<Layer> layers, Function<Layer, String> column, int least) {
    return layers.stream().mapToInt(l -> column.apply(l).length()).reduce(least, Math::max);
  }

  private static String gflop(double flops) {
    return flops == 0 ? "" : String.format(Locale.ROOT, "%.3f", flops * 1e-9);
  }

  private static String rate(Use use) {
    return String.format(
        Locale.ROOT,
        "%7.1f %-6s %4.0f %% of %s",
        use.rate() * 1e-9,
        use.compute() ? "GFLOPS" : "GB/s",
        100 * use.share(),
        use.compute() ? "peak" : "bandwidth");
  }

  private void printTotals(PrintWriter out) {
    double sum = measured.sum();
    out.printf(
        Locale.ROOT,
        "%n%d steps take %.3f ms, predicted %.3f ms; a run takes %.3f ms with transfers and gaps%n",
        measured.steps().length,
        sum * 1e3,
        plan.predictedSeconds() * 1e3,
        measured.total() * 1e3);
    out.printf(
        Locale.ROOT,
        "%.2f GFLOP at %.0f GFLOPS, as direct convolution counts them%n",
        plan.flops() * 1e-9,
        plan.flops() / sum * 1e-9);
    out.printf(
        Locale.ROOT,
        "physical floor %.3f ms: the steps take %.2f times as long%n",
        plan.floorSeconds() * 1e3,
        sum / plan.floorSeconds());
  }
}
