package io.clarinet.importer;

import io.clarinet.graph.Graph;
import io.clarinet.importer.onnx.OnnxFile;
import io.clarinet.importer.safetensors.SafetensorsImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads a model file of any known format. */
public final class ModelFile {
  private ModelFile() {}

  /** As {@link #read(Path, String, Limits)}, with the architecture inferred where need be. */
  public static Graph read(Path file, Limits limits) {
    return read(file, null, limits);
  }

  /**
   * The model's graph. Weights may be views of the mapped file, which must not change while the
   * graph lives.
   *
   * @param architecture a name of the zoo, for files that hold weights only; null infers it
   * @throws ModelFormatException if the file is missing, broken, too large or not supported
   */
  public static Graph read(Path file, @Nullable String architecture, Limits limits) {
    if (!Files.exists(file)) {
      throw ModelFormatException.notFound(file, "no such file");
    }
    if (!Files.isRegularFile(file)) {
      throw ModelFormatException.notFound(file, "not a file");
    }
    return switch (extension(file)) {
      case "onnx" -> OnnxFile.read(file, limits);
      case "safetensors" -> SafetensorsImporter.read(file, architecture);
      default ->
          throw ModelFormatException.invalid(
              file,
              "not a known kind of model; its name should end in .onnx or .safetensors",
              null);
    };
  }

  private static String extension(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
