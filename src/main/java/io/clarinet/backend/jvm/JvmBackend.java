package io.clarinet.backend.jvm;

import io.clarinet.backend.Backend;
import io.clarinet.backend.CacheFolder;
import io.clarinet.backend.Calibration;
import io.clarinet.backend.Executable;
import io.clarinet.backend.KeptCalibration;
import io.clarinet.backend.LoadedPlan;
import io.clarinet.backend.LoadedPlans;
import io.clarinet.backend.MemoryUse;
import io.clarinet.backend.SharedConstants;
import io.clarinet.backend.SpeedMeter;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.JvmKernel.View;
import io.clarinet.kernel.Probe;
import io.clarinet.plan.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The JVM as a device: runs plans whose steps are {@link io.clarinet.kernel.Work.Jvm}, on threads
 * that all backends of as many threads share. Closing waits for runs in progress and closes what
 * was loaded; loading afterwards throws IllegalStateException.
 */
public final class JvmBackend implements Backend {
  private final DeviceProfile profile;
  private final JvmOptions options;
  private final PoolShare share;
  private final SharedConstants<View> constants;
  private final Compiled kernels;
  private final KeptCalibration calibration;
  private final LoadedPlans plans = new LoadedPlans("the device");

  private JvmBackend(DeviceProfile assumed, JvmOptions options, Compiled kernels) {
    this.options = options;
    this.share = PoolShare.of(options.threads());
    this.constants = new SharedConstants<>(new ArrayPacker(share.pool()));
    this.kernels = kernels;
    this.calibration = calibration(assumed);
    try {
      this.profile = assumed.with(calibration.get(this::measured).speed());
    } catch (RuntimeException | Error e) {
      share.close();
      throw e;
    }
  }

  /**
   * The kernels' machine code.
   *
   * @param await returns when the compiler has made it, which takes up to some seconds
   * @param arithmetic does as much arithmetic as it can
   * @param memory reads as much memory as it can
   */
  public record Compiled(Runnable await, Supplier<Probe> arithmetic, Supplier<Probe> memory) {}

  /**
   * Opens the JVM as a device; at its first use on this machine it is measured.
   *
   * @param assumed the profile, its speed yet unknown
   */
  public static JvmBackend open(DeviceProfile assumed, JvmOptions options, Compiled kernels) {
    return new JvmBackend(assumed, options, kernels);
  }

  private static KeptCalibration calibration(DeviceProfile device) {
    return KeptCalibration.of(
        CacheFolder.standard(),
        Stream.concat(Stream.of(device.name()), Stream.of(KeptWidth.identity()))
            .toArray(String[]::new));
  }

  /** The profile with the speed that is kept of it; empty where it was never measured. */
  public static Optional<DeviceProfile> known(DeviceProfile assumed) {
    return calibration(assumed).known().map(kept -> assumed.with(kept.speed()));
  }

  private Calibration measured() {
    kernels.await().run();
    return new JvmMeter(share.pool()).measured(kernels.arithmetic().get(), kernels.memory().get());
  }

  @Override
  public Optional<Instant> measuredAt() {
    return calibration.measuredAt();
  }

  @Override
  public SpeedMeter meter() {
    kernels.await().run();
    return new JvmMeter(share.pool())
        .bursts(
            kernels.arithmetic().get(), kernels.memory().get(), profile.speed().launchSeconds());
  }

  @Override
  public void doubtProfile() {
    calibration.doubt(Calibration.of(profile.speed()));
  }

  @Override
  public DeviceProfile profile() {
    return profile;
  }

  @Override
  public int lanes() {
    return options.lanes();
  }

  @Override
  public MemoryUse memory() {
    return plans.memory(constants.bytes());
  }

  @Override
  public Executable load(Plan plan) {
    return plans.load(forget -> load(plan, forget));
  }

  private LoadedPlan load(Plan plan, Consumer<LoadedPlan> forget) {
    List<View> packed = constants.acquire(plan.packed());
    try {
      LoadedPlan loaded =
          new LoadedPlan(
              plan,
              options.lanes(),
              tracing -> new JvmLane(plan, packed, share.pool(), options.poison()),
              closed -> {
                forget.accept(closed);
                constants.release(plan.packed());
              });
      kernels.await().run();
      return loaded;
    } catch (RuntimeException | Error e) {
      constants.release(plan.packed());
      throw e;
    }
  }

  @Override
  public void close() {
    plans.close();
    share.close();
  }
}
