package io.clarinet.backend.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.Device;
import io.clarinet.Model;
import io.clarinet.RequiresOpenCl;
import io.clarinet.Session;
import io.clarinet.TestDevice;
import io.clarinet.backend.BinaryCache;
import io.clarinet.backend.Calibration;
import io.clarinet.backend.SpeedMeter;
import io.clarinet.kernel.Speed;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.jocl.cl_command_queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresOpenCl
class CalibrationTest {
  @TempDir Path folder;

  private OpenClOptions options() {
    return OpenClOptions.fromProperties().withCache(folder);
  }

  @Test
  void aRunThatBeatsItsFloorHasTheDeviceMeasuredAgain() throws IOException {
    double peak = peak();
    keep("1 1000000.0 1000000.0 1.0");
    assertThat(peak()).isEqualTo(1e6);
    System.setProperty("clarinet.cache", folder.toString());
    try (Session session = Model.bundled().open(Device.find(TestDevice.device().id()))) {
      session.run(Tensor.zeros(Shape.of(1, 3, 32, 32)));
    } finally {
      System.clearProperty("clarinet.cache");
    }
    assertThat(peak()).isBetween(peak / 1000, peak * 1000).isNotEqualTo(1e6);
  }

  /** Planning goes on by what was kept, however fast the device is beside a run. */
  @Test
  void theSpeedBesideRunsIsMeasuredAndNotKept() throws IOException {
    peak();
    keep("1 1000000.0 2000000.0 1.0");
    int before = Handle.live();
    try (OpenClBackend backend = TestDevice.open(options())) {
      try (SpeedMeter meter = backend.meter()) {
        for (int i = 0; i < 2; i++) {
          Speed now = meter.now();
          assertThat(now.peakFlops()).isGreaterThan(2e6);
          assertThat(now.bandwidth()).isGreaterThan(4e6);
        }
      }
      assertThat(backend.profile().speed().peakFlops()).isEqualTo(1e6);
    }
    assertThat(Handle.live()).isEqualTo(before);
    assertThat(peak()).isEqualTo(1e6);
  }

  private double peak() {
    try (OpenClBackend backend = TestDevice.open(options())) {
      return backend.profile().speed().peakFlops();
    }
  }

  private void keep(String text) throws IOException {
    Path devices = folder.resolve("devices");
    try (var files = Files.list(devices)) {
      String key = files.findFirst().orElseThrow().getFileName().toString();
      new BinaryCache(devices, 10).put(key, text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** On a clock that says of all work that it took two seconds, as a simulator's would. */
  @Test
  void aDeviceThatIsAMillionTimesSlowerIsMeasuredInAFewLaunches() {
    AtomicLong readings = new AtomicLong();
    Stopwatch slow = new Stopwatch(() -> readings.getAndIncrement() * 2_000_000_000L);
    try (DeviceContext context = OpenCl.installation().connect(TestDevice.device());
        Programs programs = Programs.of(context, options());
        Handle<cl_command_queue> queue = context.queue(false)) {
      boolean cpu = TestDevice.device().type().equals("cpu");
      Calibration measured =
          DeviceCheck.measured(new Meter(context, programs, queue.get(), cpu, 2, 4, slow));
      assertThat(measured.launchSeconds()).isEqualTo(2);
      assertThat(measured.peakFlops()).isPositive();
      assertThat(measured.bandwidth()).isPositive();
    }
    assertThat(readings).hasValueLessThan(20);
  }
}
