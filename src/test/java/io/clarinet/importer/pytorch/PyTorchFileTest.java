package io.clarinet.importer.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.graph.Graph;
import io.clarinet.importer.ImportOptions;
import io.clarinet.importer.ModelFile;
import io.clarinet.importer.ZooTensors;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PyTorchFileTest {
  @TempDir Path folder;

  /** The two formats of torch.save. */
  enum Format {
    ZIP(PyTorchWriter::zip),
    LEGACY(PyTorchWriter::legacy);

    private final Function<Map<String, Tensor>, byte[]> writer;

    Format(Function<Map<String, Tensor>, byte[]> writer) {
      this.writer = writer;
    }

    Map<String, Constant> readBack(Map<String, Tensor> tensors) {
      return read(writer.apply(tensors));
    }
  }

  private static Map<String, Constant> read(byte[] bytes) {
    ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    return PyTorchFile.of(Path.of("file"), direct).tensors();
  }

  @ParameterizedTest
  @EnumSource
  void tensorsOfEveryTypeAreRead(Format format) {
    float[] values = {0f, -1.5f, 0.125f, 3f, -256f, 1f / 1024};
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (ElementType type :
        new ElementType[] {
          ElementType.FLOAT64, ElementType.FLOAT32, ElementType.FLOAT16, ElementType.BFLOAT16
        }) {
      tensors.put("x." + type, Tensor.of(Shape.of(2, 3), values).as(type));
    }
    tensors.put("count", Tensor.ofLongs(Shape.of(), 1L << 40));
    tensors.put("none", Tensor.zeros(Shape.of(0, 3)));
    Map<String, Constant> read = format.readBack(tensors);
    assertThat(read.keySet()).containsExactlyElementsOf(tensors.keySet());
    tensors.keySet().stream()
        .filter(name -> name.startsWith("x."))
        .forEach(
            name -> {
              assertThat(read.get(name).type()).isEqualTo(ElementType.FLOAT32);
              assertThat(read.get(name).shape()).isEqualTo(Shape.of(2, 3));
              assertThat(read.get(name).tensor().toFloatArray()).as(name).isEqualTo(values);
            });
    assertThat(read.get("count").tensor().toLongArray()).containsExactly(1L << 40);
    assertThat(read.get("none").shape()).isEqualTo(Shape.of(0, 3));
  }

  @ParameterizedTest
  @EnumSource
  void aFileOfAZooNetworkIsReadAsIt(Format format) throws IOException {
    Map<String, Tensor> tensors = ZooTensors.of("preact_resnet20");
    Path file = Files.write(folder.resolve("model.pth"), format.writer.apply(tensors));
    Graph graph = ModelFile.read(file, ImportOptions.DEFAULT);
    assertThat(graph.metadata()).containsEntry("architecture", "preact_resnet20");
    graph
        .constants()
        .forEach(
            (name, constant) ->
                assertThat(constant.tensor().toFloatArray())
                    .as(name)
                    .isEqualTo(tensors.get(name).toFloatArray()));
  }

  /** An archive of one storage of the numbers 0 to 11 and one tensor over it. */
  private static byte[] window(long offset, long[] size, long[] strides) {
    PickleWriter pickle =
        new PickleWriter()
            .proto()
            .emptyDict()
            .text("x")
            .tensor("FloatStorage", "0", 12, offset, size, strides)
            .raw('s');
    byte[] storage = new byte[48];
    ByteBuffer floats = ByteBuffer.wrap(storage).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 12; i++) {
      floats.putFloat(i);
    }
    return PyTorchWriter.archive(
        Map.of("a/data.pkl", pickle.stop(), "a/data/0", storage), ZipEntry.STORED);
  }

  private static float[] values(long offset, long[] size, long... strides) {
    return read(window(offset, size, strides)).get("x").tensor().toFloatArray();
  }

  @Test
  void stridesAreFollowed() {
    assertThat(values(1, new long[] {3, 2}, 2, 1)).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(values(0, new long[] {3, 2}, 1, 3)).containsExactly(0, 3, 1, 4, 2, 5);
    assertThat(values(2, new long[] {2, 2, 2}, 5, 0, 2)).containsExactly(2, 4, 2, 4, 7, 9, 7, 9);
    assertThat(values(11, new long[] {1, 1}, 999, 999)).containsExactly(11);
    assertThat(values(4, new long[] {})).containsExactly(4);
    assertThat(values(99, new long[] {0}, 1)).isEmpty();
  }

  @Test
  void aWindowOutsideOfItsStorageIsRefused() {
    for (long[] bad : new long[][] {{-1, 1, 1}, {12, 1, 1}, {0, 13, 1}, {2, 6, 2}, {0, 2, -1}}) {
      assertThatThrownBy(() -> values(bad[0], new long[] {bad[1]}, bad[2]))
          .hasMessageStartingWith("file: a tensor");
    }
    for (long[] absurd : new long[][] {{1L << 40}, {-1}, {1 << 30, 1 << 30, 1 << 30}, {1 << 30}}) {
      assertThatThrownBy(() -> values(0, absurd, new long[absurd.length]))
          .hasMessageStartingWith("file: a tensor");
    }
    assertThatThrownBy(() -> values(0, new long[] {2}, 1, 1)).hasMessageContaining("strides");
    assertThatThrownBy(() -> values(0, new long[] {4}, Long.MAX_VALUE))
        .hasMessageContaining("absurd");
  }

  @Test
  void theDictionaryIsFoundInsideACheckpoint() {
    PickleWriter pickle =
        new PickleWriter().proto().emptyDict().mark().text("epoch").integer(7).text("best");
    pickle.raw('G').raw(new byte[8]).text("optimizer").emptyDict().text("state_dict");
    pickle.emptyDict().mark().text("w");
    pickle.global("torch._utils", "_rebuild_parameter").mark();
    pickle.tensor("FloatStorage", "0", 1, 0, new long[] {1}, new long[] {1});
    pickle.raw(0x88).orderedDict().tuple().reduce();
    pickle.text("lr").raw('G').raw(new byte[8]).setItems().setItems();
    byte[] file =
        PyTorchWriter.archive(
            Map.of("a/data.pkl", pickle.stop(), "a/data/0", new byte[4]), ZipEntry.STORED);
    assertThat(read(file)).containsOnlyKeys("w");
  }

  @Test
  void opcodesOfOtherProtocolsMakeTheSame() throws IOException {
    byte[] pickle =
        new PickleWriter()
            .raw(0x80, 4, 0x95, 9, 0, 0, 0, 0, 0, 0, 0)
            .raw('}', 0x94, '(', 0x8c, 1, 'a', 0x94, 'M', 1, 2, 'U', 1, 'b', ']', '(', 'K', 1)
            .raw('K', 2, 'e', 0x8c, 11)
            .raw("collections".getBytes(java.nio.charset.StandardCharsets.UTF_8))
            .raw('0', 0x8c, 1, 'c', 'h', 1, 'u')
            .stop();
    PickleValues.Dictionary read = (PickleValues.Dictionary) Pickle.read(ByteBuffer.wrap(pickle));
    assertThat(read.entries).containsEntry("a", 513L).containsEntry("c", "a");
    assertThat(PickleValues.integers(read.entries.get("b"))).containsExactly(1, 2);
  }

  @Test
  void oneStorageServesManyTensors() {
    PickleWriter pickle = new PickleWriter().proto().emptyDict().mark();
    pickle.text("a").tensor("FloatStorage", "0", 2, 0, new long[] {1}, new long[] {1});
    pickle.text("b").tensor("FloatStorage", "0", 2, 1, new long[] {1}, new long[] {1});
    byte[] storage = {0, 0, 0, 0, 0, 0, (byte) 0x80, 0x3f};
    Map<String, byte[]> entries =
        Map.of("a/data.pkl", pickle.setItems().stop(), "a/data/0", storage);
    Map<String, Constant> read = read(PyTorchWriter.archive(entries, ZipEntry.STORED));
    assertThat(read.get("a").tensor().toFloatArray()).containsExactly(0);
    assertThat(read.get("b").tensor().toFloatArray()).containsExactly(1);
  }
}
