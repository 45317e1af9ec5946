package io.clarinet.importer;

import io.clarinet.file.FileException;
import io.clarinet.graph.Graph;
import io.clarinet.importer.ModelFormatException.Kind;
import io.clarinet.importer.keras.KerasFile;
import io.clarinet.importer.onnx.OnnxFile;
import io.clarinet.importer.pytorch.PyTorchFile;
import io.clarinet.importer.safetensors.SafetensorsFile;
import io.clarinet.importer.safetensors.SafetensorsImporter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Reads a model that is in memory, of any format that a {@link ModelFile} may have. */
public final class ModelBytes {
  /** The longest array that every JVM makes. */
  private static final int LONGEST = Integer.MAX_VALUE - 8;

  /** Bytes that a file may take besides its constants. */
  private static final long SLACK = 64 << 20;

  private ModelBytes() {}

  /**
   * The graph of a model file's bytes, from position to limit; its first bytes tell the format.
   * Weights may be views of the bytes, which must not change while the graph lives.
   *
   * @param name what errors call it
   * @throws ModelFormatException if the bytes are no model, broken, too large or not supported
   */
  public static Graph read(Path name, ByteBuffer bytes, ImportOptions options) {
    return switch (ModelFormat.of(bytes)) {
      case ONNX -> onnx(name, bytes, options);
      case PYTORCH -> ZooImport.read(PyTorchFile.of(name, bytes), options);
      case SAFETENSORS -> SafetensorsImporter.read(SafetensorsFile.of(name, bytes), options);
      case HDF5, KERAS_ZIP -> KerasFile.read(name, bytes, options);
      case TFLITE -> throw TensorFlowForms.lite(name);
      case FROZEN_GRAPH -> throw TensorFlowForms.graph(name);
      case SAVED_MODEL -> throw TensorFlowForms.savedModel(name);
      case UNKNOWN ->
          throw ModelFormatException.invalid(
              name,
              bytes.hasRemaining()
                  ? "not a known kind of model: no ONNX, Keras, safetensors or PyTorch file starts"
                      + " like this"
                  : "not a model: it is empty",
              null);
    };
  }

  private static Graph onnx(Path name, ByteBuffer bytes, ImportOptions options) {
    return options.architecture() == null
        ? OnnxFile.read(name, bytes, options)
        : ZooImport.read(OnnxFile.weights(name, bytes), options);
  }

  /**
   * As {@link #read(Path, ByteBuffer, ImportOptions)}, of a stream, which is read to its end.
   *
   * @throws ModelFormatException also if the stream fails, or goes on for longer than constants
   *     within the limits explain
   */
  public static Graph read(Path name, InputStream stream, ImportOptions options) {
    return read(name, ByteBuffer.wrap(all(name, stream, options.limits())), options);
  }

  private static byte[] all(Path name, InputStream stream, Limits limits) {
    try {
      byte[] bytes = stream.readNBytes(most(limits));
      if (bytes.length == most(limits) && stream.read() >= 0) {
        limits.require(name, bytes.length + 1 - SLACK);
        throw new ModelFormatException(
            Kind.UNSUPPORTED, name, "longer than 2 GB; load it from a file");
      }
      return bytes;
    } catch (OutOfMemoryError e) {
      throw new ModelFormatException(
          Kind.MEMORY, name, "no heap is left to read it into; load it from a file", e);
    } catch (IOException e) {
      throw ModelFormatException.of(FileException.reading(name, e));
    }
  }

  private static int most(Limits limits) {
    return (int) Math.min(LONGEST - SLACK, limits.maxMemoryBytes()) + (int) SLACK;
  }
}
