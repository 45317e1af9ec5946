package io.clarinet.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.Fresh;
import io.clarinet.TestTensors;
import io.clarinet.graph.GraphBuilder;
import io.clarinet.importer.onnx.OnnxFile;
import io.clarinet.op.Dense;
import io.clarinet.op.Epilogue;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.ScaledRows;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class StoredFileTest {
  private static final int ROWS = 700;
  @TempDir Path folder;
  private final Tensor written = TestTensors.random(Fresh.random(), ROWS, 600);
  private final ByteBuffer room = ByteBuffer.allocate((int) written.byteSize() + 100);
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("model.onnx");
    GraphBuilder graph = new GraphBuilder("net");
    graph.input("x", 1, 600);
    graph.constant("w", written);
    graph.add("y", new Dense(true, Epilogue.NONE), "x", "w");
    OnnxFile.write(graph.output("y").build(), file);
  }

  private Constant weights() {
    return OnnxFile.read(file, ImportOptions.DEFAULT).constants().values().stream()
        .filter(constant -> constant.byteSize() == written.byteSize())
        .findFirst()
        .orElseThrow();
  }

  private ByteBuffer lend(int bytes) {
    return room.slice(100, bytes);
  }

  private float[] inRoom() {
    ByteBuffer lent = lend((int) written.byteSize()).order(ByteOrder.nativeOrder());
    return Tensor.wrap(written.type(), written.shape(), lent).toFloatArray();
  }

  @Test
  void whoNeedsAllReadsTheFile() {
    assertThat(weights().tensor(this::lend).toFloatArray()).isEqualTo(written.toFloatArray());
    assertThat(inRoom()).isEqualTo(written.toFloatArray());
  }

  @Test
  void whoLooksHasTheMap() {
    assertThat(weights().tensor().toFloatArray()).isEqualTo(written.toFloatArray());
    assertThat(weights().tensor().isReadOnly()).isTrue();
  }

  @Test
  void otherShapesAreReadToo() {
    Tensor flat = weights().tensor().reshaped(Shape.of(ROWS * 600));
    assertThat(flat.tensor(this::lend).toFloatArray()).isEqualTo(written.toFloatArray());
    assertThat(inRoom()).isEqualTo(written.toFloatArray());
  }

  @Test
  void rowsAreScaledWhereTheyWereRead() {
    float[] factors = new float[ROWS];
    Arrays.fill(factors, 2);
    ScaledRows scaled = new ScaledRows(weights(), factors);
    float[] product = scaled.tensor(this::lend).toFloatArray();
    assertThat(product).isEqualTo(scaled.tensor().toFloatArray()).isEqualTo(inRoom());
    assertThat(product[7]).isEqualTo(2 * (float) written.doubleAt(7));
  }

  @Test
  void anInterruptedThreadReadsOn() {
    Constant weights = weights();
    Thread.currentThread().interrupt();
    Tensor read = weights.tensor(this::lend);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(read.toFloatArray()).isEqualTo(written.toFloatArray());
  }

  @Test
  @DisabledOnOs(OS.WINDOWS) // keeps mapped files from being cut
  void aFileThatWasCutIsNamed() throws IOException {
    Constant weights = weights();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(1 << 20);
    }
    assertThatThrownBy(() -> weights.tensor(this::lend))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("model.onnx")
        .hasMessageContaining("it became shorter while it was open");
  }
}
