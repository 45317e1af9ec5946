package io.clarinet.backend.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.clarinet.TestProfile;
import io.clarinet.backend.SpeedMeter;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.JvmKernel;
import io.clarinet.kernel.Probe;
import io.clarinet.kernel.Speed;
import io.clarinet.kernel.jvm.Probes;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
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

  /** A number that no other test has, so that nobody else shares the pool. */
  private static final int THREADS = 7;

  private static final DeviceProfile ASSUMED =
      new TestProfile().kind(DeviceProfile.Kind.JVM).make().with(Speed.assumed(1, 2, 3));

  @TempDir Path folder;
  private final AtomicInteger runs = new AtomicInteger();

  private final @Nullable String before = System.getProperty(CACHE);

  @BeforeEach
  void keepsNothingYet() {
    System.setProperty(CACHE, folder.toString());
  }

  @AfterEach
  void restore() {
    if (before == null) {
      System.clearProperty(CACHE);
    } else {
      System.setProperty(CACHE, before);
    }
  }

  private JvmBackend open() {
    return open(new Probe(threads -> runs.incrementAndGet(), 1e6));
  }

  private static JvmBackend open(Probe probe) {
    return JvmBackend.open(
        ASSUMED,
        JvmOptions.standard().withThreads(THREADS),
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
  void isAskedBesideRunsAndWhatIsKeptStays() {
    try (JvmBackend backend = open()) {
      Speed kept = backend.profile().speed();
      runs.set(0);
      try (SpeedMeter meter = backend.meter()) {
        assertThat(meter.now().isMeasured()).isTrue();
        int first = runs.get();
        assertThat(meter.now().peakFlops()).isPositive();
        assertThat(runs).hasValue(2 * first);
      }
      assertThat(backend.profile().speed()).isEqualTo(kept);
    }
    runs.set(0);
    open().close();
    assertThat(runs).hasValue(0);
  }

  @Test
  void givesItsThreadsBackWhereItFails() {
    Probe failing =
        new Probe(
            threads -> {
              throw new IllegalStateException("no clock");
            },
            1);
    assertThatThrownBy(() -> open(failing)).hasMessage("no clock");
    assertThat(PoolShare.shares(THREADS)).isZero();
  }

  /** Threads that only count: what a probe asks of them is what it says. */
  private static final class Counted implements JvmKernel.Threads {
    private int asked;

    @Override
    public void parallel(int count, IntConsumer body) {
      asked += count;
      IntStream.range(0, count).forEach(body);
    }

    @Override
    public int worker() {
      return 0;
    }
  }

  @Test
  void probesKeepEveryThreadBusyOnce() {
    for (IntFunction<Probe> kind :
        List.<IntFunction<Probe>>of(n -> Probes.arithmetic(n, 16), n -> Probes.memory(n, 16))) {
      Counted threads = new Counted();
      kind.apply(3).work().accept(threads);
      assertThat(threads.asked).isEqualTo(3);
    }
    assertThat(Probes.arithmetic(3, 8).amount()).isEqualTo(3 * Probes.arithmetic(1, 8).amount());
    assertThat(Probes.memory(3, 8).amount())
        .isCloseTo(Probes.memory(1, 8).amount(), withinPercentage(0.01));
  }
}
