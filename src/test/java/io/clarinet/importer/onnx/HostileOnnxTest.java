package io.clarinet.importer.onnx;

import static io.clarinet.importer.onnx.ModelWriter.ints;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clarinet.Fresh;
import io.clarinet.importer.ImportOptions;
import io.clarinet.importer.Limits;
import io.clarinet.importer.ModelFile;
import io.clarinet.importer.ModelFormatException;
import io.clarinet.importer.ModelFormatException.Kind;
import io.clarinet.importer.onnx.proto.NodeProto;
import io.clarinet.importer.onnx.proto.StringStringEntryProto;
import io.clarinet.importer.onnx.proto.TensorProto;
import io.clarinet.importer.onnx.proto.TensorProto.DataType;
import io.clarinet.importer.onnx.proto.TensorProto.Numbers;
import io.clarinet.importer.onnx.proto.WireWriter;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HostileOnnxTest {
  @TempDir Path folder;

  private static ModelFormatException refused(Path file) {
    ModelFormatException e =
        catchThrowableOfType(
            ModelFormatException.class, () -> ModelFile.read(file, Limits.DEFAULT));
    assertThat(e).isNotNull();
    assertThat(e.getMessage()).contains(file.getFileName().toString()).doesNotContain("\n");
    return e;
  }

  private ModelFormatException refused(ModelWriter model) throws IOException {
    return refused(model.write(folder));
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("bad.onnx"), bytes);
  }

  private static ModelWriter small() {
    return new ModelWriter(13)
        .input("x", 1, 2)
        .initializer("w", Tensor.of(Shape.of(1, 2), 1, 2))
        .node("Add", "y", List.of("x", "w"))
        .output("y");
  }

  private static ModelWriter withInitializer(TensorProto tensor) {
    return new ModelWriter(13)
        .input("x", 1, 2)
        .initializer(tensor)
        .node("Add", "y", List.of("x", "w"))
        .output("y");
  }

  @Test
  void aMissingFileAFolderAnEmptyFileAndText() throws IOException {
    assertThat(refused(folder.resolve("none.onnx")).kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(refused(Files.createDirectory(folder.resolve("d.onnx"))).kind())
        .isEqualTo(Kind.UNREADABLE);
    assertThat(refused(file(new byte[0]))).hasMessageContaining("empty");
    byte[] text = "To whom it may concern:\nthis is no model.".getBytes(StandardCharsets.UTF_8);
    assertThat(refused(file(text))).hasMessageContaining("not an ONNX model");
    assertThat(refused(Files.writeString(folder.resolve("model.txt"), "hello")))
        .hasMessageContaining("not a known kind");
  }

  @Test
  void everyTruncation() throws IOException {
    byte[] whole = small().bytes();
    for (int length = 0; length < whole.length; length++) {
      refused(file(Arrays.copyOf(whole, length)));
    }
  }

  @Test
  void randomBytesAndRandomChanges() throws IOException {
    Random random = Fresh.random();
    byte[] whole = small().bytes();
    for (int i = 0; i < 1000; i++) {
      byte[] bytes = i % 3 == 0 ? new byte[1 + random.nextInt(200)] : whole.clone();
      if (i % 3 == 0) {
        random.nextBytes(bytes);
      }
      for (int k = 0; k < 1 + random.nextInt(4); k++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        ModelFile.read(file(bytes), Limits.DEFAULT);
      } catch (ModelFormatException expected) {
        // as it should
      } catch (Throwable e) {
        throw new AssertionError("round " + i, e);
      }
    }
  }

  private static TensorProto eightBytes(Long... dims) {
    return TensorProto.raw("w", DataType.FLOAT, List.of(dims), ByteBuffer.allocate(8));
  }

  private static TensorProto varints(Map<Numbers, ByteBuffer> numbers, Long... dims) {
    int type = DataType.INT64.number();
    return new TensorProto("w", type, List.of(dims), null, numbers, false, List.of());
  }

  @Test
  void shapesThatLie() throws IOException {
    assertThat(refused(withInitializer(eightBytes(1L, 3L))))
        .hasMessageContaining("\"w\"")
        .hasMessageContaining("needs 12 bytes, got 8");
    assertThat(refused(withInitializer(eightBytes(1L, -2L)))).hasMessageContaining("out of range");
    refused(withInitializer(eightBytes(1L, 1L << 40)));
    refused(withInitializer(eightBytes(1L << 30, 1L << 30, 1L << 30)));
    refused(withInitializer(varints(Map.of(), 1L, 1L << 30)));
    refused(
        withInitializer(
            varints(Map.of(Numbers.INT64, ByteBuffer.wrap(new byte[] {1, 2, 3})), 1L, 2L)));
  }

  @Test
  void structureThatIsAllOverhead() throws IOException {
    byte[] empties = new byte[8 << 20];
    for (int i = 0; i < empties.length; i += 2) {
      empties[i] = 0x0a;
    }
    int graph = 7 << 3 | 2;
    byte[] model =
        WireWriter.bytes(out -> out.bytes(graph, empties.length, () -> ByteBuffer.wrap(empties)));
    assertThat(refused(file(model))).hasMessageContaining("absurd number of fields");
  }

  @Test
  void cyclesAndDoubledNames() throws IOException {
    ModelWriter cycle =
        new ModelWriter(13)
            .input("x", 1)
            .node("Add", "a", List.of("x", "b"))
            .node("Relu", "b", List.of("a"))
            .output("b");
    assertThat(refused(cycle)).hasMessageContaining("depends on itself");
    ModelWriter twice =
        new ModelWriter(13)
            .input("x", 1)
            .node("Relu", "a", List.of("x"))
            .node("Relu", "a", List.of("x"))
            .output("a");
    assertThat(refused(twice)).hasMessageContaining("defined twice");
    assertThat(
            refused(new ModelWriter(13).input("x", 1).node("Relu", "x", List.of("x")).output("x")))
        .hasMessageContaining("x");
    assertThat(refused(new ModelWriter(13).input("x", 1).output("nothing")))
        .hasMessageContaining("nothing");
  }

  @Test
  void aNodeThatDoesNotFitIsNamed() throws IOException {
    ModelWriter model =
        new ModelWriter(13)
            .input("x", 1, 1, 2, 2)
            .node("MaxPool", "pool", List.of("x"), ints("kernel_shape", 5, 5))
            .output("pool");
    assertThat(refused(model))
        .hasMessageContaining("\"pool\"")
        .hasMessageContaining("does not fit");
    ModelWriter overflow =
        new ModelWriter(13)
            .input("x", 1, 1, 2, 2)
            .node(
                "MaxPool",
                "pool",
                List.of("x"),
                ints("kernel_shape", 1 << 20, 1 << 20),
                ints("dilations", 1 << 20, 1 << 20))
            .output("pool");
    assertThat(refused(overflow)).hasMessageContaining("\"pool\"");
  }

  @Test
  void allThatIsNotSupportedIsListedAtOnce() throws IOException {
    ModelWriter model =
        new ModelWriter(13)
            .input("x", 1, 2)
            .node("Frobnicate", "a", List.of("x"))
            .node("Frobnicate", "b", List.of("a"))
            .node(new NodeProto("", "Relu", "com.example", List.of("b"), List.of("y"), List.of()))
            .output("y");
    ModelFormatException e = refused(model);
    assertThat(e.kind()).isEqualTo(Kind.UNSUPPORTED);
    assertThat(e.operators()).containsExactly("Frobnicate", "com.example.Relu");
    assertThat(e).hasMessageContaining("Frobnicate (2 times, first node \"a\")");
  }

  @Test
  void otherOpsetsAndTypes() throws IOException {
    assertThat(refused(new ModelWriter(28).input("x", 1).output("x")).kind())
        .isEqualTo(Kind.UNSUPPORTED);
    ModelWriter model =
        new ModelWriter(13)
            .input("x", DataType.FLOAT8E4M3FN, 1)
            .node("Relu", "y", List.of("x"))
            .output("y");
    assertThat(refused(model).operators()).containsExactly("element type FLOAT8E4M3FN");
  }

  @Test
  void memoryIsBounded() throws IOException {
    Path file = small().write(folder);
    ModelFormatException e =
        catchThrowableOfType(ModelFormatException.class, () -> ModelFile.read(file, new Limits(7)));
    assertThat(e.kind()).isEqualTo(Kind.MEMORY);
    assertThat(ModelFile.read(file, new Limits(8)).constants()).hasSize(1);
  }

  private static TensorProto external(String location, String offset) {
    List<StringStringEntryProto> place =
        List.of(
            new StringStringEntryProto("location", location),
            new StringStringEntryProto("offset", offset));
    int type = DataType.FLOAT.number();
    return new TensorProto("w", type, List.of(1L, 2L), null, Map.of(), true, place);
  }

  @Test
  void dataBesideAModelInMemoryNeedItsFile() {
    byte[] model = withInitializer(external("w.bin", "0")).bytes();
    Path name = Path.of("the model");
    for (ThrowingCallable reading :
        List.<ThrowingCallable>of(
            () -> OnnxFile.read(name, ByteBuffer.wrap(model), ImportOptions.DEFAULT),
            () -> OnnxFile.weights(name, ByteBuffer.wrap(model)))) {
      assertThatThrownBy(reading)
          .isInstanceOf(ModelFormatException.class)
          .hasMessage(
              "the model: initializer \"w\": its data lie beside the model's file, in \"w.bin\":"
                  + " load the model from its file");
    }
  }

  @Test
  void externalDataStayInsideTheFolder() throws IOException {
    Path inner = Files.createDirectory(folder.resolve("inner"));
    Files.write(folder.resolve("outside.bin"), new byte[8]);
    Files.createSymbolicLink(inner.resolve("link.bin"), folder.resolve("outside.bin"));
    for (String location :
        List.of("../outside.bin", "link.bin", folder.resolve("outside.bin").toString())) {
      assertThat(refused(withInitializer(external(location, "0")).write(inner)))
          .hasMessageContaining("outside of the model's folder");
    }
    assertThat(refused(withInitializer(external("none.bin", "0")).write(inner)))
        .hasMessageContaining("missing");
    assertThat(refused(withInitializer(external("", "0")).write(inner)))
        .hasMessageContaining("missing");
  }

  @Test
  void externalDataAreReadAndTheirBoundsChecked() throws IOException {
    Tensor stored = Tensor.of(Shape.of(3), 5, 6, 7);
    byte[] bytes = new byte[12];
    stored.bytes().get(bytes);
    Files.write(folder.resolve("w.bin"), bytes);
    Path model = withInitializer(external("w.bin", "4")).write(folder);
    Tensor w = ModelFile.read(model, Limits.DEFAULT).constants().get("w").tensor();
    assertThat(w.toFloatArray()).containsExactly(6, 7);
    for (String offset : List.of("5", "-1", "9223372036854775807", "x")) {
      refused(withInitializer(external("w.bin", offset)).write(folder));
    }
  }
}
