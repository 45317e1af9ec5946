package io.clarinet.importer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** TensorFlow's own forms of models, which are not read: each with how to convert it. */
final class TensorFlowForms {
  private static final String SAVED_MODEL = "saved_model.pb";
  private static final int MARK_BYTES = 64;

  private TensorFlowForms() {}

  /** Refuses a SavedModel's folder. */
  static void refuseFolder(Path file) {
    if (Files.isRegularFile(file.resolve(SAVED_MODEL))) {
      throw savedModel(file, file);
    }
  }

  /** Refuses a file that begins as one of these forms does. */
  static void refuse(Path file) {
    if (String.valueOf(file.getFileName()).equals(SAVED_MODEL)) {
      throw savedModel(file);
    }
    switch (ModelFormat.of(ByteBuffer.wrap(start(file)))) {
      case TFLITE -> throw lite(file);
      case FROZEN_GRAPH -> throw graph(file);
      case SAVED_MODEL -> throw savedModel(file);
      default -> {}
    }
  }

  private static byte[] start(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(MARK_BYTES);
    } catch (IOException e) {
      return new byte[0]; // its reader will say why
    }
  }

  /** The refusal of what is in a SavedModel's folder. */
  static ModelFormatException savedModel(Path file) {
    Path folder = file.getParent();
    return savedModel(file, folder == null ? Path.of(".") : folder);
  }

  private static ModelFormatException savedModel(Path file, Path folder) {
    return refusal(file, "a SavedModel", "--saved-model " + folder);
  }

  static ModelFormatException lite(Path file) {
    return refusal(file, "a model of TensorFlow Lite", "--tflite " + file);
  }

  static ModelFormatException graph(Path file) {
    return refusal(
        file, "a graph of TensorFlow", "--graphdef " + file + " --inputs x:0 --outputs y:0");
  }

  private static ModelFormatException refusal(Path file, String what, String option) {
    return ModelFormatException.unsupported(
        file,
        what + "; convert it to ONNX: python -m tf2onnx.convert " + option + " --output model.onnx",
        List.of());
  }
}
