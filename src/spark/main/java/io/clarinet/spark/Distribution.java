package io.clarinet.spark;

import io.clarinet.Device;
import io.clarinet.importer.ModelFormatException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkFiles;
import scala.jdk.javaapi.CollectionConverters;

/** Brings a model to the executors, once, after the driver has seen that it can be opened. */
final class Distribution {
  private static final int MARK = 16;

  private Distribution() {}

  static Recipe bring(SparkContext context, ClassifyOptions options) throws IOException {
    String model = options.model();
    if (model != null && model.startsWith("hf:")) {
      throw new IllegalArgumentException(
          "each machine would fetch %s for itself; \"clarinet convert %s --to FILE.onnx\" makes one"
                  .formatted(model, model)
              + " file of it to name here");
    }
    if (model != null && model.matches("[A-Za-z][A-Za-z0-9+.-]+://.*")) {
      return new Recipe(options, fetched(context, model, options));
    }
    OpenModel.open(model, options, Device.cpu()).close();
    if (model == null || !Files.exists(Path.of(model))) {
      return new Recipe(options, new ModelPlace.Known());
    }
    return new Recipe(options, ofFile(context, Path.of(model).toAbsolutePath(), options));
  }

  private static ModelPlace ofFile(SparkContext context, Path file, ClassifyOptions options)
      throws IOException {
    String hash = FileHash.of(file);
    return options.shared()
        ? new ModelPlace.Seen(file.toString(), hash)
        : new ModelPlace.Brought(copied(context, file, hash, options), hash);
  }

  /** A file that executors read where it lies, by a name that is theirs for it. */
  private static ModelPlace fetched(SparkContext context, String url, ClassifyOptions options)
      throws IOException {
    context.addFile(url);
    String name = Path.of(URI.create(url).getPath()).getFileName().toString();
    Path file = Path.of(SparkFiles.get(name));
    OpenModel.open(file.toString(), options, Device.cpu()).close();
    return new ModelPlace.Brought(name, FileHash.of(file));
  }

  /** The name of a copy, which tells it from another file of the same name. */
  private static String copied(
      SparkContext context, Path file, String hash, ClassifyOptions options) throws IOException {
    String name = hash.substring(0, MARK) + "-" + file.getFileName();
    if (CollectionConverters.asJava(context.listFiles()).stream()
        .noneMatch(f -> f.endsWith(name))) {
      Path folder = Files.createTempDirectory("clarinet-spark");
      Path copy = Files.copy(file, folder.resolve(name));
      folder.toFile().deleteOnExit();
      copy.toFile().deleteOnExit();
      requireWhole(file, copy, options);
      context.addFile(copy.toString());
    }
    return name;
  }

  /** Only what is a model by itself can be brought as one file. */
  private static void requireWhole(Path file, Path copy, ClassifyOptions options)
      throws IOException {
    try {
      OpenModel.model(copy.toString(), options.architecture());
    } catch (ModelFormatException e) {
      throw new IOException(
          "%s has parts in other files, and one is brought to executors: write it as one by"
                  .formatted(file)
              + " \"clarinet convert\", or put it where all see it and say so (shared)",
          e);
    }
  }
}
