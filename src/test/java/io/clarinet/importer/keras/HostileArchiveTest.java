package io.clarinet.importer.keras;

import static io.clarinet.importer.keras.KerasThree.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.Fresh;
import io.clarinet.graph.Graph;
import io.clarinet.importer.Limits;
import io.clarinet.importer.ModelFile;
import io.clarinet.importer.ModelFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A damaged or hostile archive ends in a graph or in the importer's own exception. */
class HostileArchiveTest {
  private static final int MUTANTS = 300;

  @TempDir Path folder;
  private final Random random = Fresh.random();
  private Map<String, byte[]> entries = Map.of();

  @BeforeEach
  void write() throws IOException {
    String config =
        new KerasThree("net")
            .input("in", "[null,3]")
            .layer("Dense", "d", "\"units\":2", tensor("in"))
            .operation("Multiply", "m", tensor("d") + ",2.0")
            .json("m");
    entries =
        new KerasArchiveWriter()
            .layer("layers/dense", new float[3][2], new float[2])
            .entries(config);
    assertThat(read(zip(ZipEntry.STORED)).nodes()).hasSize(2);
  }

  private byte[] zip(int method) throws IOException {
    return KerasArchiveWriter.zip(method, entries);
  }

  private byte[] with(String name, byte[] content) throws IOException {
    Map<String, byte[]> others = new LinkedHashMap<>(entries);
    others.put(name, content);
    return KerasArchiveWriter.zip(ZipEntry.DEFLATED, others);
  }

  private Graph read(byte[] bytes) throws IOException {
    return ModelFile.read(Files.write(folder.resolve("a.keras"), bytes), Limits.DEFAULT);
  }

  private AbstractThrowableAssert<?, ?> refusal(byte[] bytes) {
    return assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("a.keras");
  }

  private boolean isRead(byte[] bytes) throws IOException {
    try {
      read(bytes).constants().values().forEach(constant -> constant.tensor());
      return true;
    } catch (ModelFormatException e) {
      assertThat(e).hasMessageContaining("a.keras");
      return false;
    }
  }

  @Test
  void changedBytesAreReadOrRefused() throws IOException {
    byte[][] sound = {zip(ZipEntry.STORED), zip(ZipEntry.DEFLATED)};
    int refused = 0;
    for (int i = 0; i < MUTANTS; i++) {
      byte[] mutant = sound[i % 2].clone();
      for (int k = 1 + random.nextInt(4); k > 0; k--) {
        mutant[random.nextInt(mutant.length)] = (byte) random.nextInt();
      }
      refused += isRead(mutant) ? 0 : 1;
    }
    assertThat(refused).isPositive();
  }

  @Test
  void anArchiveCutShortIsRefused() throws IOException {
    byte[] sound = zip(ZipEntry.STORED);
    for (int length = 0; length < sound.length; length += 97) {
      assertThat(isRead(Arrays.copyOf(sound, length))).as("%d bytes", length).isFalse();
    }
  }

  @Test
  void bombsAreRefusedUnopened() throws IOException {
    refusal(with("config.json", new byte[3 << 20])).hasMessageContaining("unpacks to 3145728");
    refusal(with("model.weights.h5", new byte[49 << 20]))
        .hasMessageContaining("unpacks to 51380224");
    byte[] lying = zip(ZipEntry.DEFLATED);
    int central = lastOf(lying, 0x02014b50);
    Arrays.fill(lying, central + 24, central + 27, (byte) 0xff);
    refusal(lying).hasMessageContaining("model.weights.h5");
  }

  /** Where a mark of the archive's structure stands last. */
  private static int lastOf(byte[] bytes, int mark) {
    int at = bytes.length - 4;
    while (!isAt(bytes, at, mark)) {
      at--;
    }
    return at;
  }

  private static boolean isAt(byte[] bytes, int at, int mark) {
    boolean all = true;
    for (int i = 0; i < 4; i++) {
      all &= bytes[at + i] == (byte) (mark >> (8 * i));
    }
    return all;
  }

  @Test
  void anEntryOfAnotherNameIsLeftAlone() throws IOException {
    Graph graph = read(with("../../outside.json", new byte[] {1}));
    assertThat(graph.nodes()).hasSize(2);
    assertThat(folder.getParent().getParent().resolve("outside.json")).doesNotExist();
  }

  @Test
  void anEntryThatIsThereTwiceIsRefused() throws IOException {
    String twin = "config.jsom";
    byte[] bytes = with(twin, entries.get("config.json"));
    byte[] name = twin.getBytes(StandardCharsets.US_ASCII);
    for (int at = 0; at + name.length <= bytes.length; at++) {
      if (Arrays.equals(bytes, at, at + name.length, name, 0, name.length)) {
        bytes[at + name.length - 1] = 'n';
      }
    }
    refusal(bytes).hasMessageContaining("\"config.json\" is there twice");
  }

  @Test
  void deepJsonIsRefused() throws IOException {
    String deep = "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000);
    refusal(with("config.json", deep.getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("config.json");
  }

  /** Each model calls the one within it twice: two to the twentieth calls of a layer. */
  @Test
  void callsThatMultiplyAreRefused() throws IOException {
    KerasThree model = wrapped(null, 0);
    for (int depth = 1; depth < 20; depth++) {
      model = wrapped(model, depth);
    }
    byte[] config = model.json("").getBytes(StandardCharsets.UTF_8);
    refusal(with("config.json", config)).hasMessageContaining("calls of layers");
  }

  private static KerasThree wrapped(
      @org.jspecify.annotations.Nullable KerasThree inner, int depth) {
    String input = "in" + depth;
    KerasThree model = new KerasThree("m" + depth).input(input, "[null,3]");
    if (inner == null) {
      return model.layer("Identity", "id", "", tensor(input)).output("id", 0, 0);
    }
    String name = "m" + (depth - 1);
    return model
        .nested(inner, KerasThree.call(tensor(input), ""), KerasThree.call(tensor(name, 0, 0), ""))
        .output(name, 2, 0);
  }
}
