package io.clarinet.importer.onnx;

import com.google.protobuf.InvalidProtocolBufferException;
import io.clarinet.graph.Graph;
import io.clarinet.importer.Limits;
import io.clarinet.importer.ModelFormatException;
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
  public static Graph read(Path file, Limits limits) {
    try {
      ModelProto model = MappedModel.parse(file);
      return new GraphImport(file, model, limits).graph();
    } catch (InvalidProtocolBufferException e) {
      throw ModelFormatException.invalid(
          file, "not an ONNX model, or cut short (" + e.getMessage() + ")", e);
    } catch (IOException e) {
      throw ModelFormatException.notFound(file, "cannot be read (" + e.getMessage() + ")");
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw ModelFormatException.invalid(file, String.valueOf(e.getMessage()), e);
    }
  }
}
