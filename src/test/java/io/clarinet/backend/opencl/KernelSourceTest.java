package io.clarinet.backend.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.KernelFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Kernels are found by their names, wherever they lie. */
class KernelSourceTest {
  static List<Path> kernels() throws IOException {
    return KernelFiles.all();
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void findsEveryKernelInTheJarAndInAFolder(Path file) {
    String kernel = KernelFiles.name(file);
    String text = new KernelSource(KernelFiles.ROOT).read(kernel);
    assertThat(text).startsWith("#line 1 \"" + KernelFiles.ROOT.relativize(file) + "\"\n// ");
    assertThat(new KernelSource(null).read(kernel)).isEqualTo(text);
  }
}
