package io.clarinet;

import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Npy;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;

/** Tensors in files: NumPy's {@code .npy}, or an ONNX {@code TensorProto} in {@code .pb}. */
public final class TensorFile {
  private TensorFile() {}

  /**
   * Reads a tensor.
   *
   * @throws IOException if an {@code .npy} cannot be read or is not what its name says
   * @throws io.clarinet.importer.ModelFormatException if a {@code .pb} is
   */
  public static Tensor read(Path file) throws IOException {
    return file.toString().endsWith(".pb")
        ? io.clarinet.importer.onnx.OnnxTensorFile.read(file).tensor()
        : Npy.read(file);
  }

  /** Writes a tensor as {@code .npy}; bfloat16, which NumPy has not, as float32, which holds it. */
  public static void write(Path file, Tensor tensor) throws IOException {
    Npy.write(
        file, tensor.type() == ElementType.BFLOAT16 ? tensor.as(ElementType.FLOAT32) : tensor);
  }
}
