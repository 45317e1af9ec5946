package io.clarinet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.RequiresOpenCl;
import io.clarinet.backend.opencl.FakeDrivers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Drivers are asked by no command before it needs a device. */
@RequiresOpenCl
@Timeout(120)
class DriverlessCommandsTest {
  @TempDir Path folder;

  @Test
  void helpIsPrintedWhereADriverHangs() throws Exception {
    FakeDrivers.compile(folder);
    FakeDrivers drivers =
        new FakeDrivers(folder, folder)
            .with("hanging", "hang clGetPlatformInfo", "hang clGetDeviceIDs");
    CommandProgram.Result result =
        new CommandProgram(folder)
            .run(
                Map.of("OCL_ICD_VENDORS", drivers.folder().toString()),
                CommandProgram.QUICK,
                "serve",
                "--help");
    assertThat(result.status()).isZero();
    assertThat(result.out()).contains("--max-batch");
  }
}
