package io.clarinet.spark;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where an executor finds the model. */
sealed interface ModelPlace extends Serializable
    permits BroadcastFile, StoredFile, ModelPlace.Known, ModelPlace.Seen {

  /** What tells the model from every other: its file's hash, or its own name. */
  String name(ClassifyOptions options);

  /**
   * Its file or name on this machine; null for the bundled one.
   *
   * @throws IOException in one line, if the file is not there, or another than the driver's
   */
  @Nullable String find(ClassifyOptions options) throws IOException;

  /** In Clarinet itself: a network of the zoo, or the bundled one. */
  record Known() implements ModelPlace {
    @Override
    public String name(ClassifyOptions options) {
      return Objects.requireNonNullElse(options.model(), "bundled");
    }

    @Override
    public @Nullable String find(ClassifyOptions options) {
      return options.model();
    }
  }

  /** A file that all machines see by the same path. */
  record Seen(String path, String hash) implements ModelPlace {
    @Override
    public String name(ClassifyOptions options) {
      return hash;
    }

    @Override
    public String find(ClassifyOptions options) throws IOException {
      FileHash.check(Path.of(path), path, hash);
      return path;
    }
  }
}
