package io.clarinet.importer;

import io.clarinet.file.FileException;
import io.clarinet.file.RegularFile;
import io.clarinet.graph.Graph;
import io.clarinet.importer.keras.KerasFile;
import io.clarinet.importer.onnx.OnnxFile;
import io.clarinet.importer.pytorch.PyTorchFile;
import io.clarinet.importer.safetensors.SafetensorsImporter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Reads a model file of any known format. */
public final class ModelFile {
  private ModelFile() {}

  /**
   * Reads like {@link #read(Path, ImportOptions)}, with the architecture inferred where need be.
   */
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
    requireRegular(file);
    Optional<Path> shards = ShardIndex.of(file);
    if (shards.isPresent()) {
      return ShardIndex.read(shards.get(), options);
    }
    return switch (extension(file)) {
      case "onnx" -> onnx(file, options);
      case "pth", "pt", "th", "bin", "ckpt" -> PyTorchFile.read(file, options);
      case "safetensors" -> SafetensorsImporter.read(file, options);
      case "h5", "hdf5", "keras" -> KerasFile.read(file, options);
      default -> {
        TensorFlowForms.refuse(file);
        throw ModelFormatException.invalid(
            file,
            "not a known kind of model; its name should end in .onnx, .keras, .h5, .safetensors,"
                + " .pth, .pt or .th",
            null);
      }
    };
  }

  /**
   * What a file says of its model. Of an ONNX or a Keras model that cannot be run it says all that
   * can be read.
   *
   * @throws ModelFormatException if the file is missing or broken, or of weights that are no known
   *     architecture's
   */
  public static Outline outline(Path file, ImportOptions options) {
    requireRegular(file);
    boolean weights = options.architecture() != null;
    return switch (extension(file)) {
      case "onnx" ->
          weights ? Outline.of("weights in ONNX", read(file, options)) : OnnxFile.outline(file);
      case "h5", "hdf5", "keras" -> KerasFile.outline(file, options);
      case "safetensors", "json" -> Outline.of("weights in safetensors", read(file, options));
      default -> Outline.of("weights of PyTorch", read(file, options));
    };
  }

  /**
   * Refuses folders and pipes, which would otherwise be told by their names to be of unknown kind.
   */
  private static void requireRegular(Path file) {
    TensorFlowForms.refuseFolder(file);
    try {
      RegularFile.require(file);
    } catch (FileException e) {
      throw ModelFormatException.of(e);
    }
  }

  /** With an architecture named, the file's initializers are its weights, by name. */
  private static Graph onnx(Path file, ImportOptions options) {
    return options.architecture() == null
        ? OnnxFile.read(file, options)
        : ZooImport.read(OnnxFile.weights(file), options);
  }

  private static String extension(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
