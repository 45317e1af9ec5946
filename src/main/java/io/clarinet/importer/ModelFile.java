package io.clarinet.importer;

import io.clarinet.graph.Graph;
import io.clarinet.importer.onnx.OnnxFile;
import io.clarinet.importer.pytorch.PyTorchFile;
import io.clarinet.importer.safetensors.SafetensorsImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Reads a model file of any known format. */
public final class ModelFile {
  private ModelFile() {}

  /** As {@link #read(Path, ImportOptions)}, with the architecture inferred where need be. */
  public static Graph read(Path file, Limits limits) {
    return read(file, ImportOptions.DEFAULT.with(limits));
  }

  /**
   * The model's graph. Weights may be views of the mapped file, which must not change while the
   * graph lives.
   *
   * @throws ModelFormatException if the file is missing, broken, too large or not supported
   */
  public static Graph read(Path file, ImportOptions options) {
    if (!Files.exists(file)) {
      throw ModelFormatException.notFound(file, "no such file");
    }
    if (!Files.isRegularFile(file)) {
      throw ModelFormatException.notFound(file, "not a file");
    }
    return switch (extension(file)) {
      case "onnx" -> onnx(file, options);
      case "pth", "pt", "th", "bin", "ckpt" -> PyTorchFile.read(file, options);
      case "safetensors" -> SafetensorsImporter.read(file, options);
      default ->
          throw ModelFormatException.invalid(
              file,
              "not a known kind of model; its name should end in .onnx, .safetensors, .pth, .pt or"
                  + " .th",
              null);
    };
  }

  /** With an architecture named, the file's initializers are its weights, by name. */
  private static Graph onnx(Path file, ImportOptions options) {
    return options.architecture() == null
        ? OnnxFile.read(file, options.limits())
        : ZooImport.read(OnnxFile.weights(file), options);
  }

  private static String extension(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
