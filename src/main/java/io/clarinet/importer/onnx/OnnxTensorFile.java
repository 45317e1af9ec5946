package io.clarinet.importer.onnx;

import io.clarinet.file.FileException;
import io.clarinet.file.RegularFile;
import io.clarinet.importer.ModelFormatException;
import io.clarinet.importer.onnx.proto.TensorProto;
import io.clarinet.importer.onnx.proto.WireException;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * A tensor in a file of its own, as ONNX's test cases have them ({@code .pb}).
 *
 * @param name the value that it is for; may be empty
 */
public record OnnxTensorFile(String name, Tensor tensor) {

  /**
   * The tensor in a file.
   *
   * @throws ModelFormatException if the file is missing, broken or not supported
   */
  public static OnnxTensorFile read(Path file) {
    try {
      TensorProto proto = TensorProto.read(ByteBuffer.wrap(RegularFile.bytes(file)));
      return new OnnxTensorFile(
          proto.name(), new TensorReader(ExternalData.beside(file)).read(proto));
    } catch (WireException | IllegalArgumentException | ArithmeticException e) {
      throw ModelFormatException.invalid(file, "not an ONNX tensor: " + e.getMessage(), e);
    } catch (UnsupportedOperationException e) {
      throw ModelFormatException.unsupported(
          file, "not supported: " + e.getMessage(), List.of(String.valueOf(e.getMessage())));
    } catch (IOException e) {
      throw ModelFormatException.of(FileException.reading(file, e));
    }
  }
}
