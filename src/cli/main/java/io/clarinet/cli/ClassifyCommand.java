package io.clarinet.cli;

import io.clarinet.Bundled;
import io.clarinet.Classifier;
import io.clarinet.Model;
import io.clarinet.Session;
import java.io.IOException;
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
      "  clarinet classify --model resnet50.pth --top 1 --quiet a.jpg b.jpg c.jpg",
      "  clarinet classify --model resnet50.pth photos --recursive --output a.csv"
    })
final class ClassifyCommand implements Callable<Integer> {
  private final Console console;

  @CommandLine.Spec CommandLine.Model.@Nullable CommandSpec spec;

  @Mixin PictureArguments arguments = new PictureArguments();

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

  @Option(
      names = "--embedding",
      paramLabel = "VALUE",
      description = "give this value of the network in place of classes, a vector for each picture")
  @Nullable String embedding;

  @Mixin AnswerOptions answers = new AnswerOptions();
  @Mixin PictureOptions pictures = new PictureOptions();
  @Mixin ModelOptions modelOptions = new ModelOptions();
  @Mixin PrecisionOptions precision = new PrecisionOptions();
  @Mixin CommonOptions common = new CommonOptions();

  ClassifyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    answers.check();
    if (top < 1 || batch < 1) {
      throw usage("--top and --batch start at 1.");
    }
    if (arguments.areMissing() && (model != null || embedding != null || answers.output != null)) {
      throw usage("Which pictures?");
    }
    List<String> names = arguments.names(console);
    Model loaded = load();
    Model ended = embedding == null ? loaded : loaded.withOutputs(embedding);
    Model asked = names.size() > 1 ? ModelOptions.opened(ended) : ended;
    try (Session session = asked.open(common.device(), precision.session())) {
      if (arguments.areMissing()) {
        samples(loaded, session);
        return 0;
      }
      PictureQuestion question = question(loaded, asked, session);
      sayAssumptions(loaded, question);
      PictureBatches batches = PictureBatches.of(session, question, batch, names.size());
      return ask(loaded, batches, names) ? 0 : 1;
    }
  }

  private Model load() throws IOException {
    Model loaded = model == null ? Model.bundled() : modelOptions.load(model, console);
    if (model == null && !quiet && !common.json && !arguments.areMissing()) {
      console
          .errors()
          .println(
              "clarinet: no --model given; this is the bundled reader of digits and capitals.");
    }
    return embedding == null ? pictures.scoring(loaded) : loaded;
  }

  private PictureQuestion question(Model loaded, Model asked, Session session) throws IOException {
    return embedding == null
        ? LabelQuestion.of(pictures.classifier(loaded, session), top)
        : EmbeddingQuestion.of(asked, pictures.preparation(loaded));
  }

  /** Prints the assumptions; none for the bundled network, which is ours. */
  private void sayAssumptions(Model loaded, PictureQuestion question) {
    if (model != null && !quiet && !common.json) {
      for (String line : question.assumptions()) {
        console.errors().println("clarinet: " + loaded.name() + ": " + line + ".");
      }
    }
  }

  private CommandLine.ParameterException usage(String message) {
    return new CommandLine.ParameterException(Objects.requireNonNull(spec).commandLine(), message);
  }

  private void samples(Model loaded, Session session) throws IOException {
    Classifier classifier = pictures.classifier(loaded, session);
    if (!common.json && !quiet) {
      Showcase.print(console, session.device(), classifier, Bundled.samples());
      return;
    }
    begin(loaded, LabelQuestion.of(classifier, top));
    ConsoleAnswers printed = new ConsoleAnswers(console, common.json, quiet);
    Bundled.samples()
        .forEach(
            (name, picture) ->
                printed.take(List.of(Answer.of(name, classifier.classify(picture, top)))));
    end(loaded, session);
  }

  /** Whether all pictures have an answer. */
  private boolean ask(Model loaded, PictureBatches batches, List<String> names) throws IOException {
    ManyPictures many = new ManyPictures(console, common, batches);
    begin(loaded, batches.question());
    boolean all =
        answers.output == null
            ? many.ask(names, new ConsoleAnswers(console, common.json, quiet))
            : write(loaded, many, names);
    end(loaded, batches.session());
    return all;
  }

  private boolean write(Model loaded, ManyPictures many, List<String> names) throws IOException {
    try (AnswerFile file = answers.open(loaded, many.batches(), names, precision.isHalf())) {
      many.ask(names.subList(file.count(), names.size()), file);
      return file.report(console, common.json || quiet);
    }
  }

  private void begin(Model loaded, PictureQuestion question) {
    if (common.json) {
      Map<String, Object> head = new LinkedHashMap<>();
      head.put("model", loaded.name());
      head.put("trained", loaded.isTrained());
      head.putAll(question.toJson());
      if (answers.output != null) {
        head.put("output", answers.output.toString());
      }
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
}
