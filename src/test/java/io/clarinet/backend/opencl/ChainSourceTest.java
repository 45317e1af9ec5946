package io.clarinet.backend.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.KernelFiles;
import io.clarinet.RequiresOpenCl;
import io.clarinet.TestDevice;
import io.clarinet.kernel.Launch;
import io.clarinet.kernel.NdRange;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@RequiresOpenCl
class ChainSourceTest {
  private final KernelSource sources = new KernelSource(null);

  private static List<String> kernels() throws IOException {
    return KernelFiles.all().stream()
        .filter(file -> file.getParent().endsWith("cpu"))
        .map(KernelFiles::name)
        .filter(kernel -> !kernel.equals("chain"))
        .toList();
  }

  private static Launch launch(String kernel) {
    return new Launch(kernel, Map.of("C", "8"), NdRange.items(1), List.of());
  }

  @Test
  void everyKernelCanBecomeAFunction() throws IOException {
    assertThat(kernels()).isNotEmpty().allMatch(kernel -> sources.chains(launch(kernel)));
  }

  @Test
  void groupsOfSeveralItemsCannot() {
    Launch grouped =
        new Launch("unary", Map.of(), new NdRange(List.of(64L), List.of(64L)), List.of());
    assertThat(sources.chains(grouped)).isFalse();
  }

  @Test
  void allKernelsTwiceMakeOneProgram() throws IOException {
    StringBuilder text = new StringBuilder();
    int number = 0;
    for (int block : new int[] {8, 16}) {
      for (String kernel : kernels()) {
        String own = "#define C " + block + "\n" + sources.read(kernel);
        text.append(ChainFunction.of(own, kernel).text(number++));
      }
    }
    text.append(sources.read("chain"));
    OpenClOptions options = OpenClOptions.fromProperties();
    try (DeviceContext context = OpenCl.installation().connect(TestDevice.device());
        Programs programs = Programs.of(context, options)) {
      assertThat(programs.of("chain", text.toString()).entry()).isEqualTo("chain");
    }
  }
}
