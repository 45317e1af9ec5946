package io.clarinet.importer.onnx;

import com.google.protobuf.InvalidProtocolBufferException;
import io.clarinet.file.FileException;
import io.clarinet.graph.Graph;
import io.clarinet.importer.ImportOptions;
import io.clarinet.importer.ModelFormatException;
import io.clarinet.importer.StateDictionary;
import io.clarinet.importer.onnx.proto.ModelProto;
import java.io.IOException;
import java.nio.file.Path;

/** ONNX model files. */
public final class OnnxFile {
  private OnnxFile() {}

  /**
   * The model's graph; its weights are views of the mapped file.
   *
   * @throws ModelFormatException if the file is broken, too large or not supported
   */
  public static Graph read(Path file, ImportOptions options) {
    return read(file, model -> new GraphImport(file, model, options).graph());
  }

  /**
   * The model's floating-point initializers by name and its metadata, whatever its operators.
   *
   * @throws ModelFormatException if the file is broken
   */
  public static StateDictionary weights(Path file) {
    return read(file, model -> Initializers.of(file, model));
  }

  private interface Reading<T> {
    T of(ModelProto model) throws IOException;
  }

  private static <T> T read(Path file, Reading<T> reading) {
    try {
      return reading.of(MappedModel.parse(file));
    } catch (InvalidProtocolBufferException e) {
      throw ModelFormatException.invalid(
          file, "not an ONNX model, or cut short (" + e.getMessage() + ")", e);
    } catch (IOException e) {
      throw ModelFormatException.of(FileException.reading(file, e));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw ModelFormatException.invalid(file, String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Writes a graph as a model of opset 17. Weights are streamed; beyond 2 GB they go to a file
   * beside it, named after it with {@code .data}.
   *
   * @throws IOException if the file cannot be written
   * @throws io.clarinet.graph.GraphException naming a node that ONNX has no operator for
   */
  public static void write(Graph graph, Path file) throws IOException {
    new GraphExport(graph).write(file);
  }
}
