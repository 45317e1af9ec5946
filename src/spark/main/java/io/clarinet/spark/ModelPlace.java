package io.clarinet.spark;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.spark.SparkFiles;

/** Where an executor finds the model. */
sealed interface ModelPlace extends Serializable {

  /** What tells the model from every other: its file's hash, or its own name. */
  String name(ClassifyOptions options);

  /** In Clarinet itself: a network of the zoo, or the bundled one. */
  record Known() implements ModelPlace {
    @Override
    public String name(ClassifyOptions options) {
      return Objects.requireNonNullElse(options.model(), "bundled");
    }
  }

  /** A file that Spark has brought, under a name of its own. */
  record Brought(String name, String hash) implements ModelPlace {
    Path file() {
      return Path.of(SparkFiles.get(name));
    }

    @Override
    public String name(ClassifyOptions options) {
      return hash;
    }
  }

  /** A file that all machines see by the same path. */
  record Seen(String path, String hash) implements ModelPlace {
    Path file() {
      return Path.of(path);
    }

    @Override
    public String name(ClassifyOptions options) {
      return hash;
    }
  }
}
