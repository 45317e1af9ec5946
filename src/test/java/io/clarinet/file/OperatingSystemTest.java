package io.clarinet.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatingSystemTest {
  @ParameterizedTest
  @CsvSource({
    "Linux, LINUX",
    "Mac OS X, MACOS",
    "Darwin, MACOS",
    "Windows 11, WINDOWS",
    "Windows Server 2022, WINDOWS",
    "FreeBSD, OTHER",
    "'', OTHER"
  })
  void namesTellFamilies(String name, OperatingSystem family) {
    assertThat(OperatingSystem.of(name)).isEqualTo(family);
  }
}
