package io.clarinet.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.file.OperatingSystem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Caches lie where each system keeps them. */
class StandardCacheTest {
  private static List<String> names(OperatingSystem system, Map<String, String> environment) {
    return CacheFolder.standard(system, environment, "home");
  }

  @Test
  void eachSystemHasItsCustom() {
    Map<String, String> none = Map.of("XDG_CACHE_HOME", "");
    assertThat(names(OperatingSystem.LINUX, none)).containsExactly("home", ".cache", "clarinet");
    assertThat(names(OperatingSystem.OTHER, none)).containsExactly("home", ".cache", "clarinet");
    assertThat(names(OperatingSystem.MACOS, none))
        .containsExactly("home", "Library", "Caches", "clarinet");
    assertThat(names(OperatingSystem.WINDOWS, Map.of("LOCALAPPDATA", "local")))
        .containsExactly("local", "clarinet");
    assertThat(names(OperatingSystem.WINDOWS, none)).containsExactly("home", ".cache", "clarinet");
  }

  @Test
  void theVariableCountsEverywhere() {
    Map<String, String> both = Map.of("XDG_CACHE_HOME", "xdg", "LOCALAPPDATA", "local");
    for (OperatingSystem system : OperatingSystem.values()) {
      assertThat(names(system, both)).containsExactly("xdg", "clarinet");
    }
  }
}
