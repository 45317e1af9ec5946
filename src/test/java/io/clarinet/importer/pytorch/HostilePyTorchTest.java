package io.clarinet.importer.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clarinet.importer.ImportOptions;
import io.clarinet.importer.ModelFile;
import io.clarinet.importer.ModelFormatException;
import io.clarinet.importer.ModelFormatException.Kind;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that lie, and pickles that would run code if anything here did. */
@Timeout(10)
class HostilePyTorchTest {
  @TempDir Path folder;

  private static ModelFormatException refusal(byte[] file) {
    return catchThrowableOfType(
        ModelFormatException.class, () -> PyTorchFile.of(Path.of("f.pth"), ByteBuffer.wrap(file)));
  }

  private static ModelFormatException refusalOfPickle(byte[] pickle) {
    return refusal(PyTorchWriter.archive(Map.of("a/data.pkl", pickle), ZipEntry.STORED));
  }

  @ParameterizedTest
  @CsvSource({
    "builtins, eval",
    "builtins, getattr",
    "__builtin__, exec",
    "os, system",
    "posix, system",
    "nt, system",
    "subprocess, Popen",
    "torch, load",
    "torch.storage, UntypedStorage",
    "torchvision.models.resnet, ResNet",
    "collections, OrderedDict.__class__",
  })
  void aFunctionOutsideOfTheListIsRefusedByName(String module, String name) {
    byte[] pickle =
        new PickleWriter().proto().global(module, name).mark().text("id").tuple().reduce().stop();
    ModelFormatException e = refusalOfPickle(pickle);
    assertThat(e).hasMessageStartingWith("f.pth: refused: " + module + "." + name + "; clarinet");
    assertThat(e).hasMessageContaining("torch.save(model.state_dict(), ...)");
    assertThat(e.kind()).isEqualTo(Kind.UNSUPPORTED);
    byte[] stacked =
        new PickleWriter().proto().text(module).text(name).raw(0x93, ')').reduce().stop();
    assertThat(refusalOfPickle(stacked)).hasMessageContaining("refused: " + module + "." + name);
  }

  @ParameterizedTest
  @CsvSource({
    "105, INST",
    "111, OBJ",
    "130, EXT1",
    "80, PERSID",
    "83, STRING",
    "151, NEXT_BUFFER",
    "255, 0xff",
  })
  void anOpcodeOutsideOfTheListIsRefusedByName(int code, String name) {
    assertThat(refusalOfPickle(new PickleWriter().proto().raw(code).stop()))
        .hasMessageContaining("refused: ")
        .hasMessageContaining(name);
  }

  @Test
  void aStorageTypeIsNeverCalledAndNothingElseGetsAState() {
    byte[] call =
        new PickleWriter().proto().global("torch", "FloatStorage").raw(')').reduce().stop();
    assertThat(refusalOfPickle(call)).hasMessageContaining("refused: making a torch.FloatStorage");
    byte[] state = new PickleWriter().proto().text("x").emptyDict().raw('b').stop();
    assertThat(refusalOfPickle(state)).hasMessageContaining("refused: a state of a string");
  }

  @Test
  void namesCannotForgeLinesOrFillTheScreen() {
    byte[] pickle =
        new PickleWriter().proto().text("a\n\u001b[2J").text("b".repeat(5000)).raw(0x93).stop();
    assertThat(refusalOfPickle(pickle).getMessage())
        .contains("refused: a??[2J.bbb")
        .hasSizeLessThan(400);
  }

  @Test
  void deepNestingTakesNoStack() {
    PickleWriter pickle = new PickleWriter().proto().raw(']');
    for (int i = 0; i < 200_000; i++) {
      pickle.raw(0x85);
    }
    assertThat(refusalOfPickle(pickle.stop())).hasMessageContaining("a sequence stands where");
    PickleWriter marks = new PickleWriter().proto();
    for (int i = 0; i < 200_000; i++) {
      marks.mark();
    }
    assertThat(refusalOfPickle(marks.stop())).hasMessageContaining("not there");
  }

  @Test
  void valuesThatContainThemselvesAreNotWalked() {
    byte[] list = new PickleWriter().proto().raw(']').put(0).get(0).raw('a').stop();
    assertThat(refusalOfPickle(list)).hasMessageContaining("a sequence stands where");
    byte[] dictionary =
        new PickleWriter().proto().emptyDict().put(0).text("model").get(0).raw('s').stop();
    assertThat(refusalOfPickle(dictionary)).hasMessageContaining("it holds no tensors");
    PickleWriter bomb = new PickleWriter().proto().emptyDict().raw(']');
    for (int i = 0; i < 100; i++) {
      bomb.raw('2', 0x86);
    }
    assertThat(refusalOfPickle(bomb.none().raw('s').stop()))
        .hasMessageContaining("it holds no tensors");
  }

  @Test
  void workIsBoundedByTheSizeOfThePickle() {
    PickleWriter pickle = new PickleWriter().proto().global("collections", "OrderedDict").put(0);
    pickle.mark();
    for (int i = 0; i < 20_000; i++) {
      pickle.integer(i).none().raw(0x86);
    }
    pickle.raw('l').put(1);
    for (int i = 0; i < 100_000; i++) {
      pickle.get(0).get(1).raw(0x85, 'R', '0');
    }
    assertThat(refusalOfPickle(pickle.stop())).hasMessageContaining("absurd number");
  }

  @Test
  void lengthsThatLieAreRefusedBeforeAnythingIsMade() {
    byte[] huge = {(byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f};
    byte[] negative = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff};
    for (byte[] length : new byte[][] {huge, negative}) {
      for (int opcode : new int[] {0x8b, 'X', 'T'}) {
        byte[] pickle = new PickleWriter().proto().raw(opcode).raw(length).raw(1, 2).stop();
        assertThat(refusalOfPickle(pickle).kind()).isEqualTo(Kind.INVALID);
      }
      byte[] longer = new PickleWriter().proto().raw(0x8d).raw(length).raw(huge).stop();
      assertThat(refusalOfPickle(longer)).hasMessageContaining("lies about a length");
    }
  }

  @Test
  void aHugeMemoIndexTakesNoRoom() throws IOException {
    byte[] index = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff};
    byte[] pickle =
        new PickleWriter().proto().text("x").raw('r').raw(index).raw('j').raw(index).stop();
    assertThat(Pickle.read(ByteBuffer.wrap(pickle))).isEqualTo("x");
    byte[] never = new PickleWriter().proto().raw('j').raw(index).stop();
    assertThat(refusalOfPickle(never)).hasMessageContaining("number 4294967295");
  }

  @Test
  void anEmptyStackIsNoCrash() {
    for (int opcode :
        "0 1 2 . a e s u b R Q t l d q\u0093\u0094\u0085\u0086\u0087".chars().toArray()) {
      if (opcode != ' ') {
        assertThat(refusalOfPickle(new PickleWriter().raw(opcode, 0).bytes())).isNotNull();
        assertThat(refusalOfPickle(new PickleWriter().raw('N', '(', opcode, 0).bytes()))
            .isNotNull();
      }
    }
  }

  private static Map<String, Tensor> small() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("a", Tensor.of(Shape.of(2, 2), 1, 2, 3, 4));
    tensors.put("b", Tensor.of(Shape.of(3), 1, 2, 3));
    return tensors;
  }

  @Test
  void everyTruncationIsRefused() {
    for (byte[] whole : new byte[][] {PyTorchWriter.zip(small()), PyTorchWriter.legacy(small())}) {
      assertThat(refusal(whole)).isNull();
      for (int length = 0; length < whole.length; length++) {
        assertThat(refusal(Arrays.copyOf(whole, length))).as("%d bytes", length).isNotNull();
      }
    }
  }

  @Test
  void compressedEntriesAreRefusedSoThatNothingGrows() {
    byte[] bomb =
        PyTorchWriter.archive(Map.of("a/data.pkl", new byte[50 << 20]), ZipEntry.DEFLATED);
    assertThat(bomb.length).isLessThan(100_000);
    assertThat(refusal(bomb)).hasMessageContaining("\"a/data.pkl\" is compressed");
  }

  @Test
  void archivesOfSomethingElseAreRefusedByWhatTheyAre() {
    byte[] other = PyTorchWriter.archive(Map.of("x", new byte[1]), ZipEntry.STORED);
    assertThat(refusal(other)).hasMessageContaining("holds no data.pkl");
    byte[] big =
        PyTorchWriter.archive(
            Map.of(
                "a/data.pkl", new byte[1], "a/byteorder", "big".getBytes(StandardCharsets.UTF_8)),
            ZipEntry.STORED);
    assertThat(refusal(big)).hasMessageContaining("another byte order");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 2, 1L << 29, Long.MAX_VALUE, -1})
  void aStorageThatIsNotWhatItDeclaresIsRefused(long count) {
    PickleWriter pickle = new PickleWriter().proto().emptyDict().text("x");
    pickle.tensor("FloatStorage", "0", count, 0, new long[] {1}, new long[] {1}).raw('s');
    byte[] file =
        PyTorchWriter.archive(
            Map.of("a/data.pkl", pickle.stop(), "a/data/0", new byte[4]), ZipEntry.STORED);
    assertThat(refusal(file).kind()).isEqualTo(Kind.INVALID);
  }

  @Test
  void storagesThatAreMissingOrContradictThemselvesAreRefused() {
    PickleWriter missing = new PickleWriter().proto().emptyDict().text("x");
    missing.tensor("FloatStorage", "0", 1, 0, new long[] {1}, new long[] {1}).raw('s');
    assertThat(refusalOfPickle(missing.stop())).hasMessageContaining("\"0\" is not in the archive");
    PickleWriter two = new PickleWriter().proto();
    two.storage("FloatStorage", "0", 1).storage("HalfStorage", "0", 1);
    assertThat(refusalOfPickle(two.stop())).hasMessageContaining("declared in two ways");
  }

  @Test
  void otherPicklesAndEmptyOnesAreRefused() throws IOException {
    byte[] plain = new PickleWriter().proto().emptyDict().stop();
    assertThat(refusal(plain)).hasMessageContaining("torch.save did not write");
    assertThat(refusal("this is no model".getBytes(StandardCharsets.UTF_8))).isNotNull();
    assertThat(refusal(new byte[0])).isNotNull();
    assertThat(refusalOfPickle(plain)).hasMessageContaining("it holds no tensors");
    Path file = Files.write(folder.resolve("x.pth"), new byte[0]);
    assertThatThrownBy(() -> ModelFile.read(file, ImportOptions.DEFAULT))
        .isInstanceOf(ModelFormatException.class);
  }
}
