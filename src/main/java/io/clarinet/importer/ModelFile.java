package io.clarinet.importer;

import io.clarinet.graph.Graph;
import io.clarinet.importer.onnx.OnnxFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Reads a model file of any known format. */
public final class ModelFile {
  private ModelFile() {}

  /**
   * The model's graph. Weights may be views of the mapped file, which must not change while the
   * graph lives.
   *
   * @throws ModelFormatException if the file is missing, broken, too large or not supported
   */
  public static Graph read(Path file, Limits limits) {
    if (!Files.exists(file)) {
      throw ModelFormatException.notFound(file, "no such file");
    }
    if (!Files.isRegularFile(file)) {
      throw ModelFormatException.notFound(file, "not a file");
    }
    if (extension(file).equals("onnx")) {
      return OnnxFile.read(file, limits);
    }
    throw ModelFormatException.invalid(
        file, "not a known kind of model; the name of an ONNX model ends in .onnx", null);
  }

  private static String extension(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
