package io.clarinet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.importer.ImportOptions;
import io.clarinet.importer.Limits;
import io.clarinet.importer.ModelFormatException;
import io.clarinet.importer.ModelFormatException.Kind;
import io.clarinet.importer.ZooTensors;
import io.clarinet.importer.keras.KerasArchiveWriter;
import io.clarinet.importer.keras.KerasThree;
import io.clarinet.importer.pytorch.PyTorchWriter;
import io.clarinet.importer.safetensors.SafetensorsWriter;
import io.clarinet.tensor.Npy;
import io.clarinet.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes, buffers and streams are read as the file is that they come from. */
@RequiresOpenCl
class ModelSourcesTest {
  private static final Path FAULTS = Path.of("src/test/resources/faults");
  private static final String NETWORK = "cifar_resnet20";

  @TempDir Path folder;

  private Path file(String format) throws IOException {
    Map<String, Tensor> tensors = ZooTensors.of(NETWORK);
    return switch (format) {
      case "onnx" -> FAULTS.resolve("views-two-reshapes/model.onnx");
      case "h5" -> FAULTS.resolve("keras-tutorial-binary/model.h5");
      case "keras" -> Files.write(folder.resolve("a.keras"), keras());
      case "pth" -> Files.write(folder.resolve("a.pth"), PyTorchWriter.zip(tensors));
      case "legacy" -> Files.write(folder.resolve("b.pth"), PyTorchWriter.legacy(tensors));
      default ->
          SafetensorsWriter.write(
              folder.resolve("a.safetensors"), tensors, Map.of("architecture", NETWORK));
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"onnx", "h5", "keras", "pth", "legacy", "safetensors"})
  void everySourceGivesTheModelOfTheFile(String format) throws IOException {
    Model expected = Model.load(file(format));
    byte[] bytes = Files.readAllBytes(file(format));
    assertSame(Model.load(bytes), expected);
    assertSame(Model.load(slow(bytes)), expected);
    for (ByteBuffer buffer : buffers(bytes)) {
      assertSame(Model.load(buffer), expected);
      assertThat(buffer.position()).isEqualTo(3);
      assertThat(buffer.limit()).isEqualTo(bytes.length + 3);
    }
  }

  /** Gives part of what is asked for, as a connection may. */
  private static InputStream slow(byte[] bytes) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] to, int from, int length) {
        return super.read(to, from, Math.min(1000, length));
      }

      @Override
      public void close() {
        throw new AssertionError("the stream is the caller's to close");
      }
    };
  }

  /** On the heap and direct, writable and not, with other bytes around. */
  private static List<ByteBuffer> buffers(byte[] bytes) {
    ByteBuffer heap = ByteBuffer.allocate(bytes.length + 7).put(3, bytes);
    ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length + 7).put(3, bytes);
    List<ByteBuffer> all =
        List.of(heap, direct, heap.asReadOnlyBuffer(), direct.asReadOnlyBuffer());
    all.forEach(buffer -> buffer.limit(bytes.length + 3).position(3));
    return all;
  }

  private static void assertSame(Model model, Model expected) {
    assertThat(model.graph().nodes()).isEqualTo(expected.graph().nodes());
    assertThat(model.metadata()).isEqualTo(expected.metadata());
    assertThat(model.graph().constants().keySet()).isEqualTo(expected.graph().constants().keySet());
    model
        .graph()
        .constants()
        .forEach(
            (name, constant) ->
                assertThat(constant.tensor().bytes())
                    .isEqualTo(expected.graph().constants().get(name).tensor().bytes()));
  }

  /** Weights that are views of read-only bytes on the heap, at odd addresses. */
  @ParameterizedTest
  @ValueSource(strings = {"cpu", "opencl"})
  void weightsOnTheHeapRunOnEveryDevice(String device) throws IOException {
    Tensor input = Npy.read(FAULTS.resolve("keras-tutorial-binary/in_0.npy"));
    ByteBuffer bytes = buffers(Files.readAllBytes(file("h5"))).get(2);
    try (Session file = Model.load(file("h5")).open(Device.find(device));
        Session memory = Model.load(bytes).open(Device.find(device))) {
      assertThat(memory.run(input).toFloatArray()).isEqualTo(file.run(input).toFloatArray());
    }
  }

  @Test
  void anArchitectureMayBeNamed() throws IOException {
    ImportOptions named = ImportOptions.DEFAULT.withArchitecture(NETWORK);
    byte[] bytes = PyTorchWriter.zip(ZooTensors.of(NETWORK));
    assertThat(Model.load(ByteBuffer.wrap(bytes), named).name()).isEqualTo(NETWORK);
    assertThat(Model.load(slow(bytes), named).name()).isEqualTo(NETWORK);
    refused(
        Kind.INVALID,
        "the model: its tensors are not resnet18's",
        () ->
            Model.load(ByteBuffer.wrap(bytes), ImportOptions.DEFAULT.withArchitecture("resnet18")));
  }

  @Test
  void whatIsNoModelIsRefusedByItsBeginning() throws IOException {
    refused(Kind.INVALID, "the model: not a model: it is empty", () -> Model.load(new byte[0]));
    for (String other : List.of("<html>", "{\"a\": 1}", "GIF89a", "\u0089PNG\r\n\u001a\n", "\0")) {
      byte[] bytes = other.getBytes(StandardCharsets.ISO_8859_1);
      refused(Kind.INVALID, "the model: not a known kind of model", () -> Model.load(bytes));
    }
    byte[] onnx = Files.readAllBytes(file("onnx"));
    byte[] half = java.util.Arrays.copyOf(onnx, onnx.length / 2);
    refused(Kind.INVALID, "the model: not an ONNX model, or cut short", () -> Model.load(half));
  }

  private static byte[] keras() throws IOException {
    String config =
        new KerasThree("net")
            .input("in", "[null,2]")
            .layer("Dense", "dense", "\"units\":1", KerasThree.tensor("in"))
            .json("dense");
    return new KerasArchiveWriter()
        .layer("layers/dense", new float[][] {{1}, {2}}, new float[] {3})
        .archive(config);
  }

  @Test
  void limitsAreThoseOfFiles() throws IOException {
    ImportOptions little = ImportOptions.DEFAULT.with(new Limits(10));
    for (String format : List.of("h5", "keras", "pth", "safetensors")) {
      byte[] bytes = Files.readAllBytes(file(format));
      refused(Kind.MEMORY, "the model: ", () -> Model.load(ByteBuffer.wrap(bytes), little));
      refused(Kind.MEMORY, "the model: ", () -> Model.load(slow(bytes), little));
    }
    refused(
        Kind.MEMORY,
        "the model: its constants take more than the 10 bytes that are allowed",
        () -> Model.load(endless(), little));
  }

  private static InputStream endless() {
    return new InputStream() {
      @Override
      public int read() {
        return 8;
      }

      @Override
      public int read(byte[] to, int from, int length) {
        return length;
      }
    };
  }

  @Test
  void aStreamThatBreaksSaysWhy() {
    InputStream broken = new BrokenStream("connection reset");
    refused(Kind.UNREADABLE, "cannot read the model: connection reset", () -> Model.load(broken));
  }

  private static void refused(Kind kind, String start, ThrowingCallable loading) {
    assertThatThrownBy(loading)
        .isInstanceOfSatisfying(
            ModelFormatException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessageStartingWith(start);
  }
}
