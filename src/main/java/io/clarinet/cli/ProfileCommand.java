package io.clarinet.cli;

import io.clarinet.Explanation;
import io.clarinet.Model;
import io.clarinet.Session;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code profile}: where the time of a run goes. */
@Command(
    name = "profile",
    mixinStandardHelpOptions = true,
    description = "Times every step of a model, against its predicted time.")
final class ProfileCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "MODEL", description = "a model file, or a name of the zoo")
  String model = "";

  @Option(names = "--batch", paramLabel = "N", description = "batch size (default: 1)")
  int batch = 1;

  @Option(names = "--rounds", paramLabel = "R", description = "runs to time (default: 10)")
  int rounds = 10;

  @Mixin ModelOptions modelOptions = new ModelOptions();
  @Mixin CommonOptions common = new CommonOptions();

  ProfileCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Model loaded = modelOptions.load(model, batch, console);
    try (Session session = loaded.open(common.device())) {
      List<Tensor> inputs = ModelOptions.random(loaded, batch, 1);
      Explanation plan = session.explain(inputs.stream().map(Tensor::shape).toList());
      List<double[]> runs = new ArrayList<>();
      for (int i = 0; i < rounds; i++) {
        runs.add(session.profile(inputs));
      }
      double[] medians = medians(runs, plan.steps().size());
      if (common.json) {
        console.json(toJson(plan, medians));
      } else {
        print(plan, medians);
      }
    }
    return 0;
  }

  private static double[] medians(List<double[]> runs, int steps) {
    double[] medians = new double[steps];
    for (int s = 0; s < steps; s++) {
      int step = s;
      medians[s] = new Median().evaluate(runs.stream().mapToDouble(r -> r[step]).toArray());
    }
    return medians;
  }

  private static Map<String, Object> toJson(Explanation plan, double[] medians) {
    List<Map<String, Object>> steps = new ArrayList<>();
    for (int i = 0; i < medians.length; i++) {
      Map<String, Object> step = new LinkedHashMap<>();
      step.put("node", plan.steps().get(i).node());
      step.put("op", plan.steps().get(i).op());
      step.put("kernel", plan.steps().get(i).kernel());
      step.put("output", plan.steps().get(i).output());
      step.put("predicted_ms", plan.steps().get(i).predictedSeconds() * 1e3);
      step.put("median_ms", medians[i] * 1e3);
      steps.add(step);
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("model", plan.model());
    document.put("device", plan.device().toString());
    document.put("total_ms", Arrays.stream(medians).sum() * 1e3);
    document.put("steps", steps);
    return document;
  }

  private void print(Explanation plan, double[] medians) {
    double total = Arrays.stream(medians).sum();
    for (int i = 0; i < medians.length; i++) {
      Explanation.StepInfo step = plan.steps().get(i);
      console
          .text()
          .printf(
              Locale.ROOT,
              "%-34s %-24s %-24s %9.3f ms  %5.1f %%  predicted %9.3f ms%n",
              step.node(),
              step.kernel(),
              step.output(),
              medians[i] * 1e3,
              100 * medians[i] / total,
              step.predictedSeconds() * 1e3);
    }
    console.text().printf(Locale.ROOT, "%d steps, %.3f ms%n", medians.length, total * 1e3);
  }
}
