package io.clarinet.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinaryCacheTest {
  private static final byte[] CONTENT = "a compiled program".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;
  private BinaryCache cache;
  private final String key = BinaryCache.key("source", "options", "device");

  @BeforeEach
  void open() {
    cache = new BinaryCache(folder.resolve("not").resolve("there"), 3);
  }

  private Path file() {
    return folder.resolve("not").resolve("there").resolve(key);
  }

  @Test
  void givesBackWhatWasPut() {
    assertThat(cache.get(key)).isEmpty();
    assertThat(cache.put(key, CONTENT)).isTrue();
    assertThat(cache.get(key)).hasValue(CONTENT);
    cache.remove(key);
    assertThat(cache.get(key)).isEmpty();
  }

  @Test
  void leavesNoPartsBehind() throws IOException {
    cache.put(key, CONTENT);
    cache.put(key, CONTENT);
    try (var files = Files.list(file().getParent())) {
      assertThat(files).containsExactly(file());
    }
  }

  @Test
  void keysTellPartsApart() {
    assertThat(BinaryCache.key("ab", "c")).isNotEqualTo(BinaryCache.key("a", "bc"));
  }

  @Test
  void doesNotTakeWhatIsCutOrAltered() throws IOException {
    cache.put(key, CONTENT);
    byte[] whole = Files.readAllBytes(file());
    for (int length = 0; length < whole.length; length++) {
      Files.write(file(), Arrays.copyOf(whole, length));
      assertThat(cache.get(key)).as("cut to %d", length).isEmpty();
      byte[] altered = whole.clone();
      altered[length] ^= 4;
      Files.write(file(), altered);
      assertThat(cache.get(key)).as("altered at %d", length).isEmpty();
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsTolerated() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    BinaryCache blocked = new BinaryCache(file.resolve("below"), 3);
    assertThat(blocked.put(key, CONTENT)).isFalse();
    assertThat(blocked.get(key)).isEmpty();
    blocked.remove(key);
  }

  @Test
  void whatWasNotUsedLongestIsRemovedFirst() throws IOException {
    List<String> keys = List.of("a", "b", "c");
    for (int i = 0; i < keys.size(); i++) {
      cache.put(keys.get(i), CONTENT);
      Path entry = file().resolveSibling(keys.get(i));
      Files.setLastModifiedTime(entry, FileTime.fromMillis(1000L * i));
    }
    assertThat(cache.get("a")).isPresent();
    cache.put("d", CONTENT);
    assertThat(cache.get("b")).isEmpty();
    assertThat(List.of("a", "c", "d")).allMatch(k -> cache.get(k).isPresent());
  }
}
