package io.clarinet.cli;

import io.clarinet.Classifier;
import io.clarinet.Device;
import io.clarinet.Model;
import io.clarinet.Session;
import io.clarinet.classify.ClassifierException;
import io.clarinet.classify.Preparation;
import io.clarinet.image.Labels;
import io.clarinet.image.Preprocess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options for the preprocessing of pictures and the names of classes, where the model has none. */
final class PictureOptions {
  @Spec(Spec.Target.MIXEE)
  CommandLine.Model.@Nullable CommandSpec spec;

  @Option(
      names = "--preprocess",
      paramLabel = "P",
      completionCandidates = Words.Presets.class,
      description = "torch, caffe, keras-caffe, tf or none, and overrides: torch,resize=232")
  @Nullable String preprocess;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "names of the classes, a line each")
  @Nullable Path labels;

  @Option(
      names = "--scores",
      paramLabel = "NAME",
      description = "the output that holds the scores, where the model has several")
  @Nullable String scores;

  /** The model with the scores as its one output, where an option names them. */
  Model scoring(Model model) {
    return scores == null ? model : model.withOutputs(scores);
  }

  /** A classifier as the options say, else as the model does. */
  Classifier classifier(Model model, Session session) throws IOException {
    if (labels != null) {
      return named(model, session, labels);
    }
    return preprocess == null
        ? Classifier.of(model, session)
        : Classifier.of(model, session, parsed(preprocess));
  }

  /** How pictures are prepared, as the option says, else as the model does. */
  Preparation preparation(Model model) {
    return preprocess == null
        ? Preparation.of(model.graph())
        : new Preparation(parsed(preprocess), "");
  }

  private Preprocess parsed(String text) {
    try {
      return Preprocess.parse(text);
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(
          Objects.requireNonNull(spec).commandLine(), String.valueOf(e.getMessage()));
    }
  }

  private Classifier named(Model model, Session session, Path file) throws IOException {
    Labels names = Labels.read(file);
    try {
      return preprocess == null
          ? Classifier.of(model, session, names)
          : new Classifier(session, parsed(preprocess), names);
    } catch (ClassifierException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  /** A model that says itself what the options say of it, after a check that it fits. */
  Model described(Model model) throws IOException {
    if (preprocess == null && labels == null) {
      return model;
    }
    Model scoring = scoring(model);
    try (Session session = scoring.open(Device.cpu())) {
      Classifier classifier = classifier(scoring, session);
      Model described =
          preprocess == null ? model : model.with("preprocess", classifier.preprocess().toString());
      return labels == null ? described : described.with("labels", classifier.labels().toText());
    }
  }
}
