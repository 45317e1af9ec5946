package io.clarinet.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.RequiresOpenCl;
import io.clarinet.TestDevice;
import io.clarinet.backend.BinaryCache;
import io.clarinet.backend.opencl.OpenClBackend;
import io.clarinet.backend.opencl.OpenClOptions;
import io.clarinet.diagnosis.Drivers;
import io.clarinet.selftest.Verdicts.Verdict;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report of a device, as {@code clarinet doctor} makes it, tells what is struck off on it. */
@RequiresOpenCl
class StruckOffReportTest {
  @TempDir Path folder;

  @Test
  void aReportOfTheDeviceTellsWhatIsStruckOff() {
    String before = System.getProperty("clarinet.cache");
    System.setProperty("clarinet.cache", folder.toString());
    try {
      try (OpenClBackend device = TestDevice.open(OpenClOptions.fromProperties())) {
        Verdicts.of(folder, device.identity())
            .add(
                Map.of(
                    BinaryCache.key("wrong"), Verdict.struckOff("conv2d", "its self-test failed")));
      }
      assertThat(Drivers.check(TestDevice.device().id()).struckOff())
          .containsExactly("conv2d: its self-test failed");
    } finally {
      if (before == null) {
        System.clearProperty("clarinet.cache");
      } else {
        System.setProperty("clarinet.cache", before);
      }
    }
  }
}
