package io.clarinet.backend.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When the OpenCL library asks PoCL for its devices without being told to. */
class DriverFilesTest {
  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void oclIcdWithTwoDrivers() throws IOException {
    Files.writeString(folder.resolve("libOpenCL.so.1"), "\177ELF\0OCL_ICD_PLATFORM_SORT\0");
    Files.writeString(folder.resolve("pocl.icd"), "libpocl.so.2.10.0\n");
    Files.writeString(folder.resolve("rusticl.icd"), "libRusticlOpenCL.so.1\n");
    environment.put("LD_LIBRARY_PATH", folder.toString());
    environment.put("OCL_ICD_VENDORS", folder.toString());
  }

  private boolean asksPocl() {
    return DriverFiles.loaderAsksPocl(environment);
  }

  @ParameterizedTest
  @CsvSource({
    "libpocl.so.2.10.0, true", "/opt/pocl/libpocl.so, true",
    "libpocl.so.2.11.0, false", "libother.so.2.10.0, false"
  })
  void whereAnOldOneIsAmongSeveral(String library, boolean asks) throws IOException {
    Files.writeString(folder.resolve("pocl.icd"), library);
    assertThat(asksPocl()).isEqualTo(asks);
  }

  @Test
  void notWhereItIsAlone() throws IOException {
    Files.delete(folder.resolve("rusticl.icd"));
    assertThat(asksPocl()).isFalse();
  }

  @Test
  void notWhereSortingIsOff() {
    environment.put("OCL_ICD_PLATFORM_SORT", "none");
    assertThat(asksPocl()).isFalse();
  }

  @Test
  void notByAnotherLoader() throws IOException {
    Files.writeString(folder.resolve("libOpenCL.so.1"), "\177ELF\0");
    assertThat(asksPocl()).isFalse();
  }

  @Test
  void notWithoutDrivers() {
    environment.put("OCL_ICD_VENDORS", folder.resolve("none").toString());
    assertThat(asksPocl()).isFalse();
  }
}
