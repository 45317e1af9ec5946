package io.clarinet.cli;

import io.clarinet.Classifier;
import io.clarinet.HeatMap;
import io.clarinet.Model;
import io.clarinet.Session;
import io.clarinet.file.AtomicFile;
import io.clarinet.file.NearNames;
import io.clarinet.image.Labels;
import io.clarinet.image.Picture;
import io.clarinet.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code heatmap}: where in a picture a network sees a class. */
@Command(
    name = "heatmap",
    mixinStandardHelpOptions = true,
    header = "Shows where in a picture a network sees a class.",
    description =
        "%nWrites the picture as PNG, in grey, with the class activation map (arXiv 1512.04150)"
            + " over it: from violet to yellow what speaks for the class, least transparent where"
            + " that is strongest. The network must end in an average over its features' plane, as"
            + " GoogLeNet, ResNet and SqueezeNet do. Without --model it reads with the small"
            + " network that comes along.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  clarinet heatmap dog.jpg -o heat.png --model resnet50.pth",
      "  clarinet heatmap dog.jpg -o ball.png --model resnet50.pth --class beagle"
    })
final class HeatmapCommand implements Callable<Integer> {
  private final Console console;

  @CommandLine.Spec CommandLine.Model.@Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "IMAGE",
      completionCandidates = Words.Files.class,
      description = "a JPEG, PNG, WebP, TIFF, BMP or GIF file")
  String image = "";

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      description = "the PNG file to write")
  Path output = Path.of("heat.png");

  @Option(
      names = "--model",
      paramLabel = "M",
      completionCandidates = Words.Models.class,
      description = "a model file, or a name of the zoo")
  @Nullable String model;

  @Option(
      names = "--class",
      paramLabel = "NAME",
      description = "the class, by its name or number (default: the most probable)")
  @Nullable String wanted;

  @Mixin PictureOptions pictures = new PictureOptions();
  @Mixin ModelOptions modelOptions = new ModelOptions();
  @Mixin PrecisionOptions precision = new PrecisionOptions();
  @Mixin CommonOptions common = new CommonOptions();

  HeatmapCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Path file = Wildcards.files(List.of(image)).get(0);
    Picture picture = Picture.read(file);
    Model loaded =
        pictures
            .scoring(model == null ? Model.bundled() : modelOptions.load(model, console))
            .withFeatures();
    try (Session session = loaded.open(common.device(), precision.session())) {
      Classifier classifier = pictures.classifier(loaded, session);
      if (model != null && !common.json) {
        classifier
            .assumptions()
            .forEach(
                line -> console.errors().println("clarinet: " + loaded.name() + ": " + line + "."));
      }
      HeatMap map =
          wanted == null
              ? classifier.heatMap(picture)
              : classifier.heatMap(picture, index(wanted, classifier.labels()));
      byte[] png = map.overlay().png();
      AtomicFile.write(output, out -> out.write(png));
      print(loaded, session, classifier, map);
    }
    return 0;
  }

  /** The number of a class, which may be given itself where no class is called so. */
  private int index(String text, Labels labels) {
    int named =
        IntStream.range(0, labels.size())
            .filter(i -> labels.name(i).equalsIgnoreCase(text))
            .findFirst()
            .orElse(-1);
    if (named >= 0) {
      return named;
    }
    if (text.matches("\\d{1,9}") && Integer.parseInt(text) < labels.size()) {
      return Integer.parseInt(text);
    }
    throw new CommandLine.ParameterException(
        Objects.requireNonNull(spec).commandLine(),
        "No class is called \"%s\"%s; by number they are 0 to %d."
            .formatted(text, NearNames.text(text, labels.names()), labels.size() - 1));
  }

  private void print(Model loaded, Session session, Classifier classifier, HeatMap map) {
    if (common.json) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("model", loaded.name());
      document.put("image", image);
      document.put("preprocess", classifier.preprocess().toString());
      document.put("assumed", classifier.assumptions());
      document.put("prediction", map.prediction());
      document.put("score", map.score());
      document.put("bias", map.bias());
      document.put("map", rows(map));
      document.put("area", map.area());
      document.put("output", output.toString());
      document.put("device", session.device().toString());
      console.json(document);
      return;
    }
    console.say(
        "%s: %.2f %% %s, by %s on %s",
        output,
        100 * map.prediction().probability(),
        map.prediction().label(),
        loaded.name(),
        session.device());
  }

  private static List<float[]> rows(HeatMap map) {
    Shape shape = map.values().shape();
    float[] values = map.values().toFloatArray();
    return IntStream.range(0, shape.dim(0))
        .mapToObj(y -> Arrays.copyOfRange(values, y * shape.dim(1), (y + 1) * shape.dim(1)))
        .toList();
  }
}
