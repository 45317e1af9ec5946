package io.clarinet.cli;

import io.clarinet.Bundled;
import io.clarinet.Classifier;
import io.clarinet.Model;
import io.clarinet.Prediction;
import io.clarinet.Session;
import io.clarinet.classify.ClassifierException;
import io.clarinet.cli.Terminal.Style;
import io.clarinet.image.Picture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
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
import picocli.CommandLine.Parameters;

/** {@code classify}: the classes of pictures. */
@Command(
    name = "classify",
    mixinStandardHelpOptions = true,
    header = "Names what is in pictures.",
    description =
        "%nAnswers come as soon as they are there; a picture that cannot be read does "
            + "not stop the others. Without any argument it reads sample pictures with a "
            + "small network that comes along.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  clarinet classify",
      "  clarinet classify --model googlenet.onnx --preprocess caffe dog.jpg",
      "  clarinet classify --model resnet50.pth --top 1 --quiet a.jpg b.jpg c.jpg"
    })
final class ClassifyCommand implements Callable<Integer> {
  private final Console console;

  @CommandLine.Spec CommandLine.Model.@Nullable CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "IMAGE",
      completionCandidates = Words.Files.class,
      description = "JPEG, PNG, WebP, TIFF, BMP or GIF files")
  List<String> arguments = new ArrayList<>();

  private List<Path> images = List.of();

  @Option(
      names = "--model",
      paramLabel = "M",
      completionCandidates = Words.Models.class,
      description = "a model file, a name of the zoo, or hf:OWNER/NAME of a hub")
  @Nullable String model;

  @Option(names = "--top", paramLabel = "K", description = "how many classes to name (default: 5)")
  int top = 5;

  @Option(
      names = "--quiet",
      description = "print only the names, one line a picture, with tabs between them")
  boolean quiet;

  @Option(names = "--batch", paramLabel = "N", description = "pictures to run at once (default: 8)")
  int batch = 8;

  @Mixin PictureOptions pictures = new PictureOptions();
  @Mixin ModelOptions modelOptions = new ModelOptions();
  @Mixin PrecisionOptions precision = new PrecisionOptions();
  @Mixin CommonOptions common = new CommonOptions();

  ClassifyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    images = Wildcards.files(arguments);
    if (top < 1 || batch < 1) {
      throw usage("--top and --batch start at 1.");
    }
    if (images.isEmpty() && model != null) {
      throw usage("Which pictures?");
    }
    Model loaded =
        pictures.scoring(model == null ? Model.bundled() : modelOptions.load(model, console));
    if (model == null && !quiet && !common.json && !images.isEmpty()) {
      console
          .errors()
          .println(
              "clarinet: no --model given; this is the bundled reader of digits and capitals.");
    }
    try (Session session = loaded.open(common.device(), precision.session())) {
      Classifier classifier = pictures.classifier(loaded, session);
      sayAssumptions(loaded, classifier);
      if (images.isEmpty() && !common.json && !quiet) {
        Showcase.print(console, session.device(), classifier, Bundled.samples());
        return 0;
      }
      begin(loaded, classifier);
      boolean all = images.isEmpty() ? samples(classifier) : classify(classifier);
      end(loaded, session);
      return all ? 0 : 1;
    }
  }

  /** Prints the assumptions; none for the bundled network, which is ours. */
  private void sayAssumptions(Model loaded, Classifier classifier) {
    if (model != null && !quiet && !common.json) {
      for (String line : classifier.assumptions()) {
        console.errors().println("clarinet: " + loaded.name() + ": " + line + ".");
      }
    }
  }

  private CommandLine.ParameterException usage(String message) {
    return new CommandLine.ParameterException(Objects.requireNonNull(spec).commandLine(), message);
  }

  private boolean samples(Classifier classifier) throws IOException {
    for (Map.Entry<String, Picture> sample : Bundled.samples().entrySet()) {
      List<Prediction> found = classifier.classify(sample.getValue(), top);
      print(List.of(Answer.of(Path.of(sample.getKey()), found)));
    }
    return true;
  }

  /**
   * Whether all pictures have an answer; each is printed as soon as its batch has run, until nobody
   * reads them any longer.
   */
  private boolean classify(Classifier classifier) {
    boolean all = true;
    try (Progress progress =
        Progress.of(console, common.json, "classify", "pictures", images.size())) {
      for (int from = 0; from < images.size() && console.failure() == null; from += batch) {
        List<Path> some = images.subList(from, Math.min(images.size(), from + batch));
        List<Answer> answers = classifyBatch(classifier, some);
        progress.above(() -> print(answers));
        progress.stepBy(some.size());
        all &= answers.stream().allMatch(answer -> answer.failure() == null);
      }
    }
    return all;
  }

  private List<Answer> classifyBatch(Classifier classifier, List<Path> some) {
    Map<Path, Picture> whole = new LinkedHashMap<>();
    Map<Path, Answer> answers = new HashMap<>();
    for (Path image : some) {
      try {
        whole.put(image, Picture.read(image));
      } catch (IOException e) {
        answers.put(image, Answer.failed(image, Failure.of(e)));
      }
    }
    answers.putAll(answers(classifier, whole));
    return some.stream().map(image -> Objects.requireNonNull(answers.get(image))).toList();
  }

  private Map<Path, Answer> answers(Classifier classifier, Map<Path, Picture> pictures) {
    Map<Path, Answer> answers = new HashMap<>();
    try {
      Iterator<List<Prediction>> found =
          classifier.classify(List.copyOf(pictures.values()), top).iterator();
      pictures.keySet().forEach(image -> answers.put(image, Answer.of(image, found.next())));
    } catch (ClassifierException e) {
      pictures.forEach((image, picture) -> answers.put(image, alone(classifier, image, picture)));
    }
    return answers;
  }

  /** One picture by itself, after another has spoilt the batch. */
  private Answer alone(Classifier classifier, Path image, Picture picture) {
    try {
      return Answer.of(image, classifier.classify(picture, top));
    } catch (ClassifierException e) {
      return Answer.failed(image, new Failure(Failure.of(e).kind(), image + ": " + e.getMessage()));
    }
  }

  private void begin(Model loaded, Classifier classifier) {
    if (common.json) {
      Map<String, Object> head = new LinkedHashMap<>();
      head.put("model", loaded.name());
      head.put("trained", loaded.isTrained());
      head.put("head", classifier.head().meaning().toString());
      head.put("preprocess", classifier.preprocess().toString());
      head.put("assumed", classifier.assumptions());
      console.beginJson(head, "results");
    }
  }

  /** The device stands at the end, since a session may have gone on with another. */
  private void end(Model loaded, Session session) {
    if (common.json) {
      console.json(Map.of("device", session.device().toString()));
    } else if (!quiet) {
      console.text().println("(" + loaded.name() + " on " + session.device() + ")");
    }
  }

  private void print(List<Answer> answers) {
    answers.forEach(this::print);
    console.flush();
  }

  private void print(Answer answer) {
    if (common.json) {
      console.element(answer.toJson());
      return;
    }
    if (answer.failure() != null) {
      console.errors().println("clarinet: " + answer.failure().message());
    }
    if (quiet) {
      console.text().println(answer.names());
    } else if (answer.failure() == null) {
      console.text().println(console.terminal().styled(Style.TITLE, answer.image().toString()));
      answer.lines().forEach(console.text()::println);
    }
  }
}
