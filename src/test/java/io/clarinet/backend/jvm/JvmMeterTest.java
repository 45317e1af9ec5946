package io.clarinet.backend.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.TestProfile;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Probe;
import io.clarinet.kernel.Speed;
import io.clarinet.kernel.jvm.Probes;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Figures printed as measured were measured. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class JvmMeterTest {
  private static final String CACHE = "clarinet.cache";
  private static final DeviceProfile ASSUMED =
      new TestProfile().kind(DeviceProfile.Kind.JVM).make().with(Speed.assumed(1, 2, 3));

  @TempDir Path folder;
  private final AtomicInteger runs = new AtomicInteger();

  @BeforeEach
  void keepsNothingYet() {
    System.setProperty(CACHE, folder.toString());
  }

  @AfterEach
  void restore() {
    System.clearProperty(CACHE);
  }

  private JvmBackend open() {
    Probe probe = new Probe(arguments -> runs.incrementAndGet(), 1e6);
    return JvmBackend.open(
        ASSUMED,
        JvmOptions.standard().withThreads(2),
        new JvmBackend.Compiled(() -> {}, () -> probe, () -> probe));
  }

  @Test
  void isAskedAtFirstUseAndThenRemembered() {
    Speed first;
    try (JvmBackend backend = open()) {
      first = backend.profile().speed();
    }
    int asked = runs.getAndSet(0);
    try (JvmBackend backend = open()) {
      assertThat(backend.profile().speed()).isEqualTo(first);
    }
    assertThat(asked).isPositive();
    assertThat(runs).hasValue(0);
    assertThat(first.isMeasured()).isTrue();
    assertThat(first.launch().measured()).isTrue();
  }

  @Test
  void isAskedAgainAfterARunThatWasFasterThanItAllows() {
    try (JvmBackend backend = open()) {
      backend.doubtProfile();
    }
    runs.set(0);
    open().close();
    assertThat(runs.get()).isPositive();
  }

  @Test
  void probesDoOnAllThreadsWhatTheySay() {
    for (Probe probe : new Probe[] {Probes.arithmetic(3), Probes.memory(3)}) {
      try (PoolShare share = PoolShare.of(3)) {
        assertThat(new JvmMeter(share.pool()).measured(probe, probe).peakFlops())
            .isBetween(1e6, 1e15);
      }
    }
    assertThat(Probes.memory(4).amount()).isGreaterThan(1 << 20);
  }
}
