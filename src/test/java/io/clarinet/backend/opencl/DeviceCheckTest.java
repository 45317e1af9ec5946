package io.clarinet.backend.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.KernelFiles;
import io.clarinet.RequiresOpenCl;
import io.clarinet.TestDevice;
import io.clarinet.backend.DeviceException;
import io.clarinet.kernel.Microarchitecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A device is trusted only after it has answered a known question. */
@RequiresOpenCl
class DeviceCheckTest {
  @TempDir Path folder;

  private OpenClOptions withCheckKernel(String right, String wrong) throws IOException {
    Path kernels = folder.resolve("kernels");
    KernelFiles.copy(KernelFiles.withIncludes(), kernels);
    Path flops = kernels.resolve("any/calibrate_flops.cl");
    String check = Files.readString(flops);
    assertThat(check).contains(right);
    Files.writeString(flops, check.replace(right, wrong));
    return OpenClOptions.fromProperties().withKernels(kernels).withCache(folder.resolve("cache"));
  }

  @Test
  void aWrongAnswerRefusesTheDeviceAndLeavesNothing() throws IOException {
    OpenClOptions options = withCheckKernel("(floatC)(0.5f)", "(floatC)(0.4999999f)");
    int before = Handle.live();
    assertThatThrownBy(() -> TestDevice.open(options))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("computes wrongly")
        .hasMessageContaining(TestDevice.device().id());
    assertThat(Handle.live()).isEqualTo(before);
  }

  @Test
  void aCompilerThatFailsRefusesTheDeviceAndLeavesNothing() throws IOException {
    OpenClOptions options = withCheckKernel("LANES)", "NO_SUCH_NAME)");
    int before = Handle.live();
    assertThatThrownBy(() -> TestDevice.open(options))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("failed its check")
        .hasMessageContaining("NO_SUCH_NAME");
    assertThat(Handle.live()).isEqualTo(before);
  }

  @Test
  void measurementsAreKeptAndDamageIsNoticed() throws IOException {
    OpenClOptions options = OpenClOptions.fromProperties().withCache(folder.resolve("cache"));
    double first = peak(options);
    assertThat(peak(options)).isEqualTo(first);
    try (var files = Files.list(folder.resolve("cache").resolve("devices"))) {
      Files.writeString(files.findFirst().orElseThrow(), "1e99 1e99 1e99");
    }
    assertThat(peak(options)).isBetween(1e8, 1e15);
  }

  /** PoCL knows none of the vendors' questions. */
  @ParameterizedTest
  @EnumSource(Microarchitecture.class)
  void questionsThatADriverDoesNotKnowArePassedOver(Microarchitecture family) {
    try (DeviceContext context = OpenCl.installation().connect(TestDevice.device())) {
      assertThat(GpuFacts.of(context.device(), family)).isEqualTo(GpuFacts.of(family));
      assertThat(Query.sizeOr(context.device(), 0x4fff, 7)).isEqualTo(7);
    }
  }

  private static double peak(OpenClOptions options) {
    try (OpenClBackend backend = TestDevice.open(options)) {
      return backend.profile().speed().peakFlops();
    }
  }
}
