package io.clarinet.spark;

import io.clarinet.Device;
import io.clarinet.importer.ModelFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkContext;

/** Brings a model to the executors, once, after the driver has seen that it can be opened. */
final class Distribution {
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
      return new Recipe(options, ofUrl(model, options));
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
    if (options.shared()) {
      return new ModelPlace.Seen(file.toString(), hash);
    }
    BroadcastFile brought = BroadcastFile.of(context, file, hash);
    requireWhole(file, brought.find(options), options);
    return brought;
  }

  private static ModelPlace ofUrl(String url, ClassifyOptions options) throws IOException {
    StoredFile stored = StoredFile.of(url);
    OpenModel.open(stored.find(options), options, Device.cpu()).close();
    return stored;
  }

  /** Only what is a model by itself can be brought as one file. */
  private static void requireWhole(Path file, String copy, ClassifyOptions options)
      throws IOException {
    try {
      OpenModel.model(copy, options.architecture());
    } catch (ModelFormatException e) {
      throw new IOException(
          "%s has parts in other files, and one is brought to executors: write it as one by"
                  .formatted(file)
              + " \"clarinet convert\", or put it where all see it and say so (shared)",
          e);
    }
  }
}
