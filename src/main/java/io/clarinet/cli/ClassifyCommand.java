package io.clarinet.cli;

import io.clarinet.Bundled;
import io.clarinet.Classifier;
import io.clarinet.Model;
import io.clarinet.Prediction;
import io.clarinet.Session;
import io.clarinet.image.Labels;
import io.clarinet.image.Picture;
import io.clarinet.image.Preprocess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code classify}: what is in these pictures. */
@Command(
    name = "classify",
    mixinStandardHelpOptions = true,
    description = "Names what is in pictures.")
final class ClassifyCommand implements Callable<Integer> {
  private final Console console;

  @CommandLine.Spec CommandLine.Model.@Nullable CommandSpec spec;

  @Parameters(arity = "0..*", paramLabel = "IMAGE", description = "JPEG, PNG, BMP or GIF files")
  List<Path> images = new ArrayList<>();

  @Option(names = "--model", paramLabel = "M", description = "a model file, or a name of the zoo")
  @Nullable String model;

  @Option(names = "--top", paramLabel = "K", description = "how many classes to name (default: 5)")
  int top = 5;

  @Option(names = "--quiet", description = "print only the names, one line a picture")
  boolean quiet;

  @Option(names = "--batch", paramLabel = "N", description = "pictures to run at once (default: 8)")
  int batch = 8;

  @Option(
      names = "--preprocess",
      paramLabel = "P",
      description = "torch, caffe, keras-caffe, tf or none, and overrides: torch,resize=232")
  @Nullable String preprocess;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "names of the classes, a line each")
  @Nullable Path labels;

  @Mixin ModelOptions modelOptions = new ModelOptions();
  @Mixin PrecisionOptions precision = new PrecisionOptions();
  @Mixin CommonOptions common = new CommonOptions();

  ClassifyCommand(Console console) {
    this.console = console;
  }

  /** A picture's answer, or why there is none. */
  private record Answer(Path image, List<Prediction> predictions, @Nullable Failure failure) {}

  @Override
  public Integer call() throws IOException {
    if (top < 1 || batch < 1) {
      throw usage("--top and --batch start at 1.");
    }
    if (images.isEmpty() && model != null) {
      throw usage("Which pictures?");
    }
    Model loaded = model == null ? Model.bundled() : modelOptions.load(model, console);
    if (model == null && !quiet && !common.json && !images.isEmpty()) {
      console
          .errors()
          .println(
              "clarinet: no --model given; this is the bundled reader of digits and capitals.");
    }
    try (Session session = loaded.open(common.device(), precision.session())) {
      Classifier classifier =
          new Classifier(
              session,
              preprocess(loaded),
              labels == null ? Classifier.labelsOf(loaded) : Labels.read(labels));
      List<Answer> answers = images.isEmpty() ? samples(classifier) : classify(classifier);
      if (images.isEmpty() && !common.json && !quiet) {
        Showcase.print(console, session.device(), classifier, Bundled.samples());
      } else {
        print(loaded, session, answers);
      }
      return answers.stream().allMatch(a -> a.failure() == null) ? 0 : 1;
    }
  }

  private CommandLine.ParameterException usage(String message) {
    return new CommandLine.ParameterException(
        java.util.Objects.requireNonNull(spec).commandLine(), message);
  }

  private Preprocess preprocess(Model loaded) {
    if (preprocess == null) {
      return Classifier.preprocessOf(loaded);
    }
    try {
      return Preprocess.parse(preprocess);
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  private List<Answer> samples(Classifier classifier) throws IOException {
    List<Answer> answers = new ArrayList<>();
    for (Map.Entry<String, Picture> sample : Bundled.samples().entrySet()) {
      List<Prediction> found = classifier.classify(sample.getValue(), top);
      answers.add(new Answer(Path.of(sample.getKey()), found, null));
    }
    return answers;
  }

  private List<Answer> classify(Classifier classifier) {
    List<Answer> answers = new ArrayList<>();
    try (Progress progress = Progress.of(common.json, "pictures", images.size())) {
      for (int from = 0; from < images.size(); from += batch) {
        List<Path> some = images.subList(from, Math.min(images.size(), from + batch));
        answers.addAll(classifyBatch(classifier, some));
        progress.stepBy(some.size());
      }
    }
    return answers;
  }

  private List<Answer> classifyBatch(Classifier classifier, List<Path> some) {
    Map<Path, Picture> pictures = new LinkedHashMap<>();
    Map<Path, Failure> failures = new LinkedHashMap<>();
    for (Path image : some) {
      try {
        pictures.put(image, Picture.read(image));
      } catch (IOException e) {
        failures.put(image, Failure.of(e));
      }
    }
    List<List<Prediction>> found =
        pictures.isEmpty() ? List.of() : classifier.classify(List.copyOf(pictures.values()), top);
    List<Path> order = List.copyOf(pictures.keySet());
    List<Answer> answers = new ArrayList<>();
    for (Path image : some) {
      int at = order.indexOf(image);
      answers.add(new Answer(image, at < 0 ? List.of() : found.get(at), failures.get(image)));
    }
    return answers;
  }

  private void print(Model loaded, Session session, List<Answer> answers) {
    if (common.json) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("model", loaded.name());
      document.put("trained", loaded.isTrained());
      document.put("device", session.device().toString());
      document.put("results", answers.stream().map(ClassifyCommand::toJson).toList());
      console.json(document);
      return;
    }
    for (Answer answer : answers) {
      if (answer.failure() != null) {
        console.errors().println("clarinet: " + answer.failure().message());
      } else if (quiet) {
        answer.predictions().forEach(p -> console.text().println(p.label()));
      } else {
        console.text().println(answer.image());
        answer.predictions().forEach(p -> console.text().println(line(p)));
      }
    }
    if (!quiet) {
      console.text().println("(" + loaded.name() + " on " + session.device() + ")");
    }
  }

  private static String line(Prediction p) {
    return String.format(Locale.ROOT, "  %6.2f %%  %s", p.probability() * 100, p.label());
  }

  private static Map<String, Object> toJson(Answer answer) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("image", answer.image().toString());
    json.put("predictions", answer.predictions());
    if (answer.failure() != null) {
      json.put("error", answer.failure().toJson());
    }
    return json;
  }
}
