package io.clarinet.cli;

import io.clarinet.report.Explanation;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * All that one kernel does in a run.
 *
 * @param all its layers as one
 * @param share of the time of all kernels
 */
record KernelTotals(Layer all, double share, Rate rate) {

  /** The slowest first. */
  static List<KernelTotals> of(List<Layer> layers, Explanation plan) {
    double sum = layers.stream().mapToDouble(Layer::time).sum();
    return Layer.joined(layers, layer -> layer.isOnHost() + layer.kernel()).stream()
        .sorted(Comparator.comparing(Layer::time).reversed())
        .map(all -> new KernelTotals(all, sum == 0 ? 0 : all.time() / sum, all.rate(plan)))
        .toList();
  }

  static Table table(List<KernelTotals> kernels) {
    Table table =
        new Table(
            Table.Column.names("kernel", 16),
            Table.Column.numbers("calls"),
            Table.Column.numbers("ms"),
            Table.Column.numbers("time"),
            Table.Column.texts("rate"),
            Table.Column.texts("of the best").goes(1));
    for (KernelTotals kernel : kernels) {
      boolean hosted = kernel.all.isOnHost();
      table.row(
          hosted ? Terminal.Style.WARNING : Terminal.Style.PLAIN,
          kernel.all.kernel(),
          Integer.toString(kernel.all.parts()),
          milliseconds(kernel.all.time()),
          percent(kernel.share),
          hosted ? "on the host" : kernel.rate.toString(),
          hosted ? "" : kernel.rate.ofBest());
    }
    return table;
  }

  static String milliseconds(double seconds) {
    return String.format(Locale.ROOT, "%.3f", seconds * 1e3);
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kernel", all.kernel());
    json.put("where", all.step().where());
    json.put("calls", all.parts());
    json.put("ms", all.time() * 1e3);
    json.put("share_of_time", share);
    json.put("gflops", all.cost().flops() / all.time() * 1e-9);
    json.put("gb_per_second", all.cost().bytes() / all.time() * 1e-9);
    json.put("bound", rate.compute() ? "compute" : "memory");
    json.put("share", rate.share());
    return json;
  }
}
