package io.clarinet.cli;

import io.clarinet.Classifier;
import io.clarinet.Device;
import io.clarinet.Model;
import io.clarinet.Session;
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
      description = "torch, caffe, keras-caffe, tf or none, and overrides: torch,resize=232")
  @Nullable String preprocess;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "names of the classes, a line each")
  @Nullable Path labels;

  /** A classifier as the options say, else as the model does. */
  Classifier classifier(Model model, Session session) throws IOException {
    Classifier own =
        preprocess == null
            ? Classifier.of(model, session)
            : Classifier.of(model, session, parsed(preprocess));
    return labels == null ? own : named(own, model, labels);
  }

  private Preprocess parsed(String text) {
    try {
      return Preprocess.parse(text);
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(
          Objects.requireNonNull(spec).commandLine(), String.valueOf(e.getMessage()));
    }
  }

  private static Classifier named(Classifier own, Model model, Path file) throws IOException {
    Labels names = Labels.read(file);
    if (names.size() != own.head().classes()) {
      throw new IllegalArgumentException(
          "%s has %d labels; %s tells %d classes apart"
              .formatted(file, names.size(), model.name(), own.head().classes()));
    }
    return own.withLabels(names);
  }

  /** A model that says itself what the options say of it, after a check that it fits. */
  Model described(Model model) throws IOException {
    if (preprocess == null && labels == null) {
      return model;
    }
    try (Session session = model.open(Device.cpu())) {
      Classifier classifier = classifier(model, session);
      Model described =
          preprocess == null ? model : model.with("preprocess", classifier.preprocess().toString());
      return labels == null ? described : described.with("labels", classifier.labels().toText());
    }
  }
}
