package io.clarinet.examples;

import io.clarinet.Model;
import io.clarinet.Session;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Loads a model that is no file: from bytes, a buffer and a stream. The content tells its format.
 */
public final class LoadFromMemory {
  private LoadFromMemory() {}

  public static void main(String[] arguments) throws IOException {
    byte[] onnx = bytes();
    try (InputStream stream = new ByteArrayInputStream(onnx)) {
      ByteBuffer buffer = ByteBuffer.allocateDirect(onnx.length).put(onnx).flip();
      List<Model> models = List.of(Model.load(onnx), Model.load(buffer), Model.load(stream));

      float[] expected = scores(Model.bundled());
      for (Model model : models) {
        System.out.println(model.name() + ": " + model.inputs() + " to " + model.outputs());
        Check.that(Arrays.equals(scores(model), expected), "every way gives the same scores");
      }
    }
  }

  private static float[] scores(Model model) {
    try (Session session = model.open()) {
      return session.run(Tensor.zeros(Shape.of(1, 3, 32, 32))).toFloatArray();
    }
  }

  /** A model as it comes from a database or a network. */
  private static byte[] bytes() throws IOException {
    Path file = Files.createTempFile("model", ".onnx");
    try {
      Model.bundled().writeOnnx(file);
      return Files.readAllBytes(file);
    } finally {
      Files.delete(file);
    }
  }
}
