package io.clarinet.backend.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.backend.BinaryCache;
import io.clarinet.backend.CacheFolder;
import io.clarinet.file.OperatingSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where what is compiled and measured is kept, by us and by PoCL. */
class CacheFolderTest {
  @TempDir Path folder;
  private Path blocked;

  @BeforeEach
  void block() throws IOException {
    blocked = Files.writeString(folder.resolve("file"), "in the way").resolve("below");
  }

  @Test
  void aFolderThatCanBeWrittenIsMade() throws IOException {
    Path made = CacheFolder.of(folder.toString(), "not", "there");
    assertThat(made).isEqualTo(folder.resolve("not/there")).isEmptyDirectory();
  }

  @Test
  void aTemporaryOneTakesThePlaceOfWhatCannotBeWritten() {
    Path instead = CacheFolder.of(blocked.toString());
    assertThat(new BinaryCache(instead, 1).put("key", new byte[1])).isTrue();
    assertThat(CacheFolder.of(blocked.toString())).isEqualTo(instead);
  }

  @Test
  void poclsFolderIsFoundAsPoclFindsIt() {
    assertThat(
            PoclCache.folder(
                OperatingSystem.LINUX, Map.of("POCL_CACHE_DIR", "/a", "XDG_CACHE_HOME", "/b")))
        .hasValue(Path.of("/a"));
    assertThat(
            PoclCache.folder(OperatingSystem.LINUX, Map.of("XDG_CACHE_HOME", "/b", "HOME", "/c")))
        .hasValue(Path.of("/b/pocl/kcache"));
    assertThat(PoclCache.folder(OperatingSystem.LINUX, Map.of("XDG_CACHE_HOME", "", "HOME", "/c")))
        .hasValue(Path.of("/c/.cache/pocl/kcache"));
    assertThat(PoclCache.folder(OperatingSystem.LINUX, Map.of()))
        .hasValue(Path.of("/tmp/pocl/kcache"));
    assertThat(PoclCache.folder(OperatingSystem.LINUX, Map.of("HOME", "\0"))).isEmpty();
    assertThat(PoclCache.folder(OperatingSystem.WINDOWS, Map.of("LOCALAPPDATA", "d", "HOME", "/c")))
        .hasValue(Path.of("d", "pocl"));
    assertThat(PoclCache.folder(OperatingSystem.WINDOWS, Map.of("HOME", "/c"))).isEmpty();
  }

  @Test
  void whatKeepsPoclFromWritingIsSaid() {
    assertThat(PoclCache.trouble(blocked))
        .startsWith("its cache fails: cannot write " + blocked + ": ")
        .contains("POCL_CACHE_DIR");
    assertThat(PoclCache.shortage(folder, 0)).isEmpty();
    assertThat(PoclCache.shortage(folder, Long.MAX_VALUE))
        .startsWith("only ")
        .contains("kB are free for its cache " + folder, "POCL_CACHE_DIR");
  }
}
