package io.clarinet.cli;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.Model;
import io.clarinet.Session;
import io.clarinet.Speedometer;
import io.clarinet.report.DeviceSpeed;
import io.clarinet.report.Explanation;
import io.clarinet.report.Timeline;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
        "%nFLOPs, share of the peak or bandwidth that the device has at the time, predicted time,"
            + " and the "
            + "physical floor, that is each layer's multiplications at the device's peak "
            + "(after Winograd's reduction) or its weights and results once through memory.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  clarinet profile resnet50 --sort time --top 10",
      "  clarinet profile model.onnx --batch 8 --trace run.json"
    })
final class ProfileCommand implements Callable<Integer> {
  /** Measurements of the device's speed, as each costs a run more. */
  private static final int MEASUREMENTS = 5;

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
      Explanation plan = session.explain(inputs.stream().map(Tensor::shape).toList());
      List<Timeline> runs = new ArrayList<>();
      List<DeviceSpeed> speeds = trace(session, inputs, runs);
      Profile profile = Profile.of(plan, speeds, Measured.of(runs));
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

  /**
   * Runs some rounds at a time, each some with an untimed run before.
   *
   * @param runs gets their timelines
   * @return the device's speed before each
   */
  private List<DeviceSpeed> trace(Session session, List<Tensor> inputs, List<Timeline> runs) {
    List<DeviceSpeed> speeds = new ArrayList<>();
    try (Speedometer speedometer = session.speedometer()) {
      while (runs.size() < rounds) {
        speeds.add(speedometer.now());
        int some = Math.min(ceilDiv(rounds, MEASUREMENTS), rounds - runs.size());
        runs.addAll(session.trace(inputs, some));
      }
    }
    return speeds;
  }
}
