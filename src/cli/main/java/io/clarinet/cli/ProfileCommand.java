package io.clarinet.cli;

import io.clarinet.Model;
import io.clarinet.Session;
import io.clarinet.report.Explanation;
import io.clarinet.report.Timeline;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code profile}: where the time of a run goes. */
@Command(
    name = "profile",
    mixinStandardHelpOptions = true,
    header = "Times every layer of a model.",
    description =
        "%nFLOPs, share of the device's peak or bandwidth, predicted time, and the "
            + "physical floor, that is each layer's multiplications at the device's peak "
            + "(after Winograd's reduction) or its weights and results once through memory.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  clarinet profile resnet50 --sort time --top 10",
      "  clarinet profile model.onnx --batch 8 --trace run.json"
    })
final class ProfileCommand implements Callable<Integer> {
  private final Console console;

  @Mixin ModelAndBatch asked = new ModelAndBatch();

  @Option(
      names = "--rounds",
      paramLabel = "R",
      converter = Count.class,
      description = "runs to time (default: 10)")
  int rounds = 10;

  @Option(
      names = "--trace",
      paramLabel = "FILE.json",
      description = "write the last run as a trace for ui.perfetto.dev or chrome://tracing")
  @Nullable Path trace;

  @Mixin LayerOptions layers = new LayerOptions();
  @Mixin ModelOptions modelOptions = new ModelOptions();
  @Mixin PrecisionOptions precision = new PrecisionOptions();
  @Mixin CommonOptions common = new CommonOptions();

  ProfileCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Model loaded = modelOptions.load(asked.model, asked.batch, console);
    try (Session session = loaded.open(common.device(), precision.session())) {
      List<Tensor> inputs = ModelOptions.random(loaded, asked.batch, 1);
      List<Timeline> runs = session.trace(inputs, rounds);
      Explanation plan = session.explain(inputs.stream().map(Tensor::shape).toList());
      Profile profile = new Profile(plan, Measured.of(runs));
      if (trace != null) {
        TraceFile.write(trace, plan, runs.get(rounds - 1));
      }
      if (common.json) {
        console.json(profile.toJson());
      } else {
        new ProfileText(profile).print(layers, console);
      }
    }
    return 0;
  }
}
