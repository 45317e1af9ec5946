package io.clarinet.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.importer.ModelFormatException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TensorFlow's forms are refused by what is in them, each with how to convert it. */
class TensorFlowFormsTest {
  @TempDir Path folder;

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void refused(String remedy, ThrowingCallable work) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(
            ModelFormatException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNSUPPORTED))
        .hasMessageContaining("convert it to ONNX: python -m tf2onnx.convert " + remedy);
  }

  private void refusedFromFileAndMemory(String name, String option, byte[] bytes)
      throws IOException {
    Path file = Files.write(folder.resolve(name), bytes);
    refused(option + " " + file, () -> ModelFile.read(file, ImportOptions.DEFAULT));
    refused(option + " " + file, () -> ModelFile.outline(file, ImportOptions.DEFAULT));
    refused(option, () -> ModelBytes.read(file, ByteBuffer.wrap(bytes), ImportOptions.DEFAULT));
  }

  @Test
  void aModelOfTensorFlowLite() throws IOException {
    refusedFromFileAndMemory("net.tflite", "--tflite", latin("\u001c\0\0\0TFL3\0\0\0\0\0\0\0\0"));
  }

  @Test
  void aFrozenGraph() throws IOException {
    String node = "\n\u0001x\u0012\u000bPlaceholder"; // field 1 its name, field 2 its operator
    refusedFromFileAndMemory("net.pb", "--graphdef", latin("\n" + (char) node.length() + node));
  }

  @Test
  void aSavedModel() throws IOException {
    Path model = Files.createDirectory(folder.resolve("net"));
    byte[] bytes = latin("\b\u0001\u0012\u0002\n\0");
    Path inside = Files.write(model.resolve("saved_model.pb"), bytes);
    for (Path file : new Path[] {model, inside}) {
      refused("--saved-model " + model, () -> ModelFile.read(file, ImportOptions.DEFAULT));
    }
    refused(
        "--saved-model",
        () -> ModelBytes.read(inside, ByteBuffer.wrap(bytes), ImportOptions.DEFAULT));
  }
}
