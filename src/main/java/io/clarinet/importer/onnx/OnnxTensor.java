package io.clarinet.importer.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Single tensors in files of their own, as ONNX test cases hold them. */
public final class OnnxTensor {
  private OnnxTensor() {}

  /**
   * The {@code TensorProto} in a file.
   *
   * @throws IOException if the file cannot be read, or naming it and what is wrong with it
   */
  public static Tensor read(Path file) throws IOException {
    try {
      ByteString bytes = ByteString.copyFrom(Files.readAllBytes(file));
      return new TensorReader(new ExternalData(file)).read(TensorReader.parse(bytes));
    } catch (InvalidProtocolBufferException
        | IllegalArgumentException
        | UnsupportedOperationException e) {
      throw new IOException(file + " is no ONNX tensor: " + e.getMessage(), e);
    }
  }
}
