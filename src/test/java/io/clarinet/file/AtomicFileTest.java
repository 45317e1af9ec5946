package io.clarinet.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  @Test
  void isThereOnlyWhenWhole() throws IOException {
    Path file = folder.resolve("a");
    try (AtomicFile atomic = AtomicFile.create(file)) {
      atomic.out().write(1);
      assertThat(file).doesNotExist();
      atomic.commit();
    }
    assertThat(file).hasBinaryContent(new byte[] {1});
    assertThat(files()).containsExactly("a");
  }

  @Test
  void aFailureLeavesWhatWasThere() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "old");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      out.write("ne".getBytes(StandardCharsets.UTF_8));
                      throw new IllegalStateException("broken");
                    }))
        .hasMessage("broken");
    assertThat(file).hasContent("old");
    assertThat(files()).containsExactly("a");
  }

  @Test
  void whoeverIsEndedLeavesNoHalfFile() throws IOException {
    try (AtomicFile atomic = AtomicFile.create(folder.resolve("a"))) {
      atomic.out().write(1);
      AtomicFile.dropUnfinished();
    }
    assertThat(files()).isEmpty();
  }

  @Test
  @EnabledOnOs(
      value = {OS.LINUX, OS.MAC},
      disabledReason = "links and modes are POSIX's")
  void linksStayLinksAndModesStay() throws IOException {
    Path inner = Files.createDirectory(folder.resolve("inner"));
    Path file = Files.writeString(inner.resolve("a"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("inner/a"));
    Path dangling = Files.createSymbolicLink(folder.resolve("new"), Path.of("inner/b"));
    Path hard = Files.createLink(folder.resolve("hard"), file);
    write(link, "new");
    write(dangling, "b");
    assertThat(link).isSymbolicLink();
    assertThat(file).hasContent("new");
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
    assertThat(hard).hasContent("old");
    assertThat(inner.resolve("b")).hasContent("b");
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "these devices are Linux's")
  void devicesAreWrittenAndStay() throws IOException {
    write(Path.of("/dev/null"), "a");
    assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
    assertThatThrownBy(() -> write(Path.of("/dev/full"), "a"))
        .isInstanceOf(FileException.class)
        .hasMessage("cannot write /dev/full: No space left on device");
  }

  @Test
  void saysWhatStandsInTheWay() {
    assertThatThrownBy(() -> write(folder, "a"))
        .hasMessage("cannot write " + folder + ": it is a folder");
    Path lost = folder.resolve("none/a");
    assertThatThrownBy(() -> write(lost, "a"))
        .hasMessage("cannot write " + lost + ": there is no folder " + lost.getParent());
  }

  @Test
  void writesIntoAZip() throws IOException {
    try (FileSystem zip =
        FileSystems.newFileSystem(folder.resolve("a.zip"), Map.of("create", "true"))) {
      write(zip.getPath("/a"), "old");
      write(zip.getPath("/a"), "new");
      assertThat(Files.readString(zip.getPath("/a"))).isEqualTo("new");
    }
  }

  private static void write(Path file, String text) throws IOException {
    AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).toList();
    }
  }
}
