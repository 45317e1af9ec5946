package io.clarinet.cli;

import io.clarinet.Model;
import io.clarinet.Session;
import io.clarinet.report.Explanation;
import io.clarinet.report.StepCost;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code explain}: how a model would run, and why so. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    header = "Shows how a model runs, and why so.",
    description =
        "%nPasses, the kernel of each layer, refusals, memory, what expanded weights "
            + "buy, and predicted against measured time.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  clarinet explain resnet50",
      "  clarinet explain model.onnx --size 320x320 --sort time --top 10",
      "  clarinet explain resnet50 --as h100 --batch 64"
    })
final class ExplainCommand implements Callable<Integer> {
  private static final int ROUNDS = 5;
  private final Console console;

  @Mixin ModelAndBatch asked = new ModelAndBatch();

  @Option(
      names = "--measure",
      negatable = true,
      description =
          "run it on random inputs and show what each step took (default: where no step runs on"
              + " the host)")
  @Nullable Boolean measure;

  @Option(
      names = "--as",
      paramLabel = "PROFILE",
      completionCandidates = Words.Profiles.class,
      description =
          "plan for a device that is not here, and run nothing: a known GPU"
              + " (${COMPLETION-CANDIDATES}) or a file that devices --save wrote")
  @Nullable String profile;

  @Spec CommandLine.Model.@Nullable CommandSpec spec;

  @Mixin LayerOptions layers = new LayerOptions();
  @Mixin ModelOptions modelOptions = new ModelOptions();
  @Mixin PrecisionOptions precision = new PrecisionOptions();
  @Mixin CommonOptions common = new CommonOptions();

  ExplainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    requireNothingToRun();
    Model loaded = modelOptions.load(asked.model, asked.batch, console);
    List<Shape> shapes = ModelOptions.shapes(loaded, asked.batch);
    if (profile != null) {
      print(loaded.explain(profile, precision.session(), shapes), null, OtherDevices.NONE);
      return 0;
    }
    try (Session session = loaded.open(common.device(), precision.session())) {
      Measured measured = measured(session.explain(shapes), session, loaded);
      OtherDevices others =
          new OtherDevices(session.device().passedOver(), session.secondsOnJvm(shapes));
      print(session.explain(shapes), measured, others);
    }
    return 0;
  }

  private void requireNothingToRun() {
    boolean runs = common.device != null || (measure != null && measure);
    if (profile != null && runs) {
      throw new CommandLine.ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "--as runs nothing, so it goes with neither --device nor --measure.");
    }
  }

  /**
   * Prints a plan.
   *
   * @param others devices that it could have been made for
   */
  private void print(Explanation plan, @Nullable Measured measured, OtherDevices others) {
    if (common.json) {
      Map<String, Object> document = toJson(plan, measured);
      document.putAll(others.toJson());
      console.json(document);
    } else {
      new ExplanationText(plan, measured, others).print(layers, console);
    }
  }

  /** Steps on the host may take minutes, so they are timed only on request. */
  private @Nullable Measured measured(Explanation e, Session session, Model loaded) {
    boolean onHost = e.steps().stream().anyMatch(s -> s.where().equals("host"));
    if (measure == null ? onHost : !measure) {
      return null;
    }
    List<Tensor> inputs = ModelOptions.random(loaded, asked.batch, 1);
    return Measured.of(session.trace(inputs, ROUNDS));
  }

  private static Map<String, Object> toJson(Explanation e, @Nullable Measured measured) {
    List<Map<String, Object>> steps = new ArrayList<>();
    for (int i = 0; i < e.steps().size(); i++) {
      Map<String, Object> step = toJson(e.steps().get(i));
      if (measured != null) {
        step.put("measured_ms", measured.steps()[i] * 1e3);
      }
      steps.add(step);
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("model", e.model());
    document.put("device", e.device());
    document.put("passes", e.passes());
    document.put("steps", steps);
    List<Layer> layers = Layer.of(e, measured);
    document.put("kernels", KernelTotals.of(layers, e).stream().map(KernelTotals::toJson).toList());
    document.put("predicted_ms", e.predictedSeconds() * 1e3);
    if (measured != null) {
      document.put("measured_ms", measured.sum() * 1e3);
    }
    document.put("floor_ms", e.floorSeconds() * 1e3);
    document.put("arena_bytes", e.arenaBytes());
    document.put("weights_bytes", e.weightsBytes());
    return document;
  }

  private static Map<String, Object> toJson(Explanation.StepInfo step) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("node", step.node());
    json.put("layer", step.layer());
    json.put("op", step.op());
    json.put("kernel", step.kernel());
    json.put("where", step.where());
    json.put("output", step.output());
    json.put("declined", step.declined());
    json.put("predicted_ms", step.predictedSeconds() * 1e3);
    json.put("weights_bytes", step.cost().weightsBytes());
    json.put("packed_bytes", step.cost().packedBytes());
    Explanation.Load load = step.load();
    if (load != null) {
      json.put("launches", load.launches());
      json.put("groups", load.groups());
      json.put("groups_per_unit", load.groupsPerUnit());
      json.put("bound", load.bound());
    }
    StepCost.Alternative other = step.cost().unexpanded();
    if (other != null) {
      Map<String, Object> buys = new LinkedHashMap<>();
      buys.put("times", step.cost().expansion());
      buys.put("instead_of", other.kernel());
      buys.put("saved_ms", (other.predictedSeconds() - step.predictedSeconds()) * 1e3);
      json.put("expansion", buys);
    }
    return json;
  }
}
