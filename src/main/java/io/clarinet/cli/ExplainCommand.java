package io.clarinet.cli;

import io.clarinet.Explanation;
import io.clarinet.Model;
import io.clarinet.Session;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code explain}: how a model would run, and why so. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = "Shows how a model runs: passes, kernel per step, refusals, memory.")
final class ExplainCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "MODEL", description = "a model file, or a name of the zoo")
  String model = "";

  @Option(names = "--batch", paramLabel = "N", description = "batch size (default: 1)")
  int batch = 1;

  @Mixin ModelOptions modelOptions = new ModelOptions();
  @Mixin CommonOptions common = new CommonOptions();

  ExplainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Model loaded = modelOptions.load(model, batch, console);
    try (Session session = loaded.open(common.device())) {
      Explanation explanation = session.explain(ModelOptions.shapes(loaded, batch));
      if (common.json) {
        console.json(toJson(explanation));
      } else {
        print(explanation);
      }
    }
    return 0;
  }

  private static Map<String, Object> toJson(Explanation e) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("model", e.model());
    document.put("device", e.device().toString());
    document.put("passes", e.passes());
    document.put("steps", e.steps());
    document.put("arena_bytes", e.arenaBytes());
    document.put("weights_bytes", e.weightsBytes());
    return document;
  }

  private void print(Explanation e) {
    PrintWriter out = console.text();
    out.println(e.model() + " on " + e.device());
    for (Explanation.PassEffect pass : e.passes()) {
      out.printf(
          "  %-22s %5d nodes, then %d%n", pass.pass(), pass.nodesBefore(), pass.nodesAfter());
    }
    for (Explanation.StepInfo step : e.steps()) {
      out.printf(
          Locale.ROOT,
          "%-34s %-24s %-24s %9.3f ms%s%n",
          step.node(),
          step.kernel(),
          step.output(),
          step.predictedSeconds() * 1e3,
          step.where().equals("host") ? "  on the host" : "");
      for (Explanation.Refusal declined : step.declined()) {
        out.printf("    not %s: %s%n", declined.kernel(), declined.reason());
      }
    }
    out.printf(
        Locale.ROOT,
        "%d steps; values %.1f MB, packed weights %.1f MB%n",
        e.steps().size(),
        e.arenaBytes() / 1e6,
        e.weightsBytes() / 1e6);
  }
}
