package io.clarinet.importer.onnx;

import io.clarinet.file.FileException;
import io.clarinet.graph.Graph;
import io.clarinet.importer.ImportOptions;
import io.clarinet.importer.MappedFile;
import io.clarinet.importer.ModelFormatException;
import io.clarinet.importer.Outline;
import io.clarinet.importer.StateDictionary;
import io.clarinet.importer.StoredFile;
import io.clarinet.importer.onnx.proto.ModelProto;
import io.clarinet.importer.onnx.proto.WireException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** ONNX model files. */
public final class OnnxFile {
  private static final String TOO_LARGE =
      "larger than 2 GB, which the format does not allow; save its weights as external data";

  private OnnxFile() {}

  /**
   * The model's graph; its weights stay in the file, which is mapped.
   *
   * @throws ModelFormatException if the file is broken, too large or not supported
   */
  public static Graph read(Path file, ImportOptions options) {
    StoredFile stored = StoredFile.open(file, TOO_LARGE);
    ByteBuffer bytes = stored.bytes();
    return read(file, bytes, graph(file, bytes, ExternalData.beside(stored), options));
  }

  /**
   * The graph of a model that is in memory, from position to limit; its weights are views of the
   * bytes. Data in files beside the model are refused.
   *
   * @param name what errors call it
   * @throws ModelFormatException if the model is broken or not supported
   */
  public static Graph read(Path name, ByteBuffer bytes, ImportOptions options) {
    return read(name, bytes, graph(name, bytes, ExternalData.none(), options));
  }

  private static Reading<Graph> graph(
      Path file, ByteBuffer bytes, ExternalData external, ImportOptions options) {
    int size = bytes.remaining();
    return model -> new GraphImport(file, model, size, external, options).graph();
  }

  /**
   * The model's floating-point initializers by name and its metadata, whatever its operators.
   *
   * @throws ModelFormatException if the file is broken
   */
  public static StateDictionary weights(Path file) {
    return read(file, map(file), weights(file, ExternalData.beside(file)));
  }

  /** As {@link #weights(Path)}, of a model that is in memory, from position to limit. */
  public static StateDictionary weights(Path name, ByteBuffer bytes) {
    return read(name, bytes, weights(name, ExternalData.none()));
  }

  private static Reading<StateDictionary> weights(Path file, ExternalData external) {
    return model -> Initializers.of(file, model, external);
  }

  /**
   * What the file says of its model, whatever its operators; data beside it need not be there.
   *
   * @throws ModelFormatException if the file is broken
   */
  public static Outline outline(Path file) {
    return read(file, map(file), OnnxOutline::of);
  }

  private static ByteBuffer map(Path file) {
    return MappedFile.map(file, TOO_LARGE);
  }

  private interface Reading<T> {
    T of(ModelProto model) throws IOException;
  }

  private static <T> T read(Path file, ByteBuffer bytes, Reading<T> reading) {
    try {
      if (!bytes.hasRemaining()) {
        throw new IllegalArgumentException("not an ONNX model: the file is empty");
      }
      return reading.of(ModelProto.read(bytes));
    } catch (WireException e) {
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
