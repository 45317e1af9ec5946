package io.clarinet.cli;

import io.clarinet.Model;
import io.clarinet.Session;
import io.clarinet.cli.Terminal.Style;
import io.clarinet.report.Verification;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code verify}: a model's layers on the device against the plain-Java reference. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    header = "Compares every layer with the reference.",
    description =
        "%nEach runs on the device and in plain Java, on the same inputs. Fails beyond "
            + "the tolerance.",
    footerHeading = "%nExamples:%n",
    footer = {"  clarinet verify model.onnx", "  clarinet verify resnet18:64x64 --weights fp16"})
final class VerifyCommand implements Callable<Integer> {
  private static final double EXACT = 1e-4;

  /** Twice what rounding to half precision costs one weight. */
  private static final double HALF = 1e-3;

  private final Console console;

  @CommandLine.Spec CommandLine.Model.@Nullable CommandSpec spec;

  @Mixin ModelAndBatch asked = new ModelAndBatch();

  @Option(names = "--seed", paramLabel = "S", description = "seed of the inputs (default: 1)")
  long seed = 1;

  @Option(
      names = "--tolerance",
      paramLabel = "E",
      description = "largest relative error of a layer (default: 1e-4, with --weights fp16 1e-3)")
  @Nullable Double tolerance;

  @Mixin ModelOptions modelOptions = new ModelOptions();
  @Mixin PrecisionOptions precision = new PrecisionOptions();
  @Mixin CommonOptions common = new CommonOptions();

  VerifyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (tolerance != null && !(tolerance >= 0)) {
      throw new CommandLine.ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "A tolerance is a number from 0 on, not " + tolerance + ".");
    }
    Model loaded = modelOptions.load(asked.model, asked.batch, console);
    try (Session session = loaded.open(common.device(), precision.session())) {
      double allowed = tolerance != null ? tolerance : precision.isHalf() ? HALF : EXACT;
      Verification result = session.verify(ModelOptions.halfPages(loaded, asked.batch, seed));
      if (common.json) {
        console.json(toJson(loaded, session, result, allowed));
      } else {
        print(result, allowed);
      }
      return result.passed(allowed) ? 0 : 1;
    }
  }

  private static Map<String, Object> toJson(
      Model loaded, Session session, Verification result, double tolerance) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("model", loaded.name());
    document.put("device", session.device().toString());
    document.put("tolerance", tolerance);
    document.put("passed", result.passed(tolerance));
    document.put("max_relative_error", result.maxRelativeError());
    document.put("layers", result.layers().stream().map(VerifyCommand::toJson).toList());
    return document;
  }

  private static Map<String, Object> toJson(Verification.Layer layer) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("node", layer.node());
    json.put("op", layer.op());
    json.put("kernel", layer.kernel());
    json.put("relative_error", layer.relativeError());
    json.put("nan_tile", layer.nanTile());
    return json;
  }

  private void print(Verification result, double tolerance) {
    List<Verification.Layer> layers = result.layers();
    table(layers, tolerance).print(console.text(), console.terminal());
    printSpread(layers);
    console
        .text()
        .printf(
            Locale.ROOT,
            "%s: %d layers, largest relative error %.2e, tolerance %.0e%n",
            result.passed(tolerance)
                ? console.terminal().styled(Style.GOOD, "passed")
                : console.terminal().styled(Style.BAD, "FAILED"),
            layers.size(),
            result.maxRelativeError(),
            tolerance);
  }

  private static Table table(List<Verification.Layer> layers, double tolerance) {
    Table table =
        new Table(
            Table.Column.names("layer", 20),
            Table.Column.names("kernel", 18),
            Table.Column.numbers("relative error"),
            Table.Column.texts(""));
    for (Verification.Layer layer : layers) {
      boolean within = layer.relativeError() <= tolerance;
      table.row(
          within ? Style.PLAIN : Style.BAD,
          layer.node(),
          layer.kernel(),
          String.format(Locale.ROOT, "%.2e", layer.relativeError()),
          within ? "" : "<-- beyond the tolerance");
    }
    return table;
  }

  /** Prints the layers that give NaN to more outputs than read one. */
  private void printSpread(List<Verification.Layer> layers) {
    for (int tile : new int[] {2, 4}) {
      String nodes =
          layers.stream()
              .filter(l -> l.nanTile() == tile)
              .map(Verification.Layer::node)
              .collect(Collectors.joining(", "));
      if (!nodes.isEmpty()) {
        console.say(
            "by Winograd, where one NaN or infinity in the input makes whole tiles of %d x %d"
                + " outputs NaN: %s",
            tile, tile, nodes);
      }
    }
  }
}
