package io.clarinet.backend.cpu;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.plan.Backend;
import io.clarinet.plan.Executable;
import io.clarinet.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The JVM as a device: runs plans whose steps are {@link io.clarinet.kernel.Work.Jvm}, on threads
 * that all backends of as many threads share. Closing waits for runs in progress and closes what
 * was loaded; loading afterwards throws IllegalStateException.
 */
public final class CpuBackend implements Backend {
  private static final double CLOCK = 3.5e9;
  private static final double BANDWIDTH = 30e9;
  private static final double LAUNCH_SECONDS = 4e-6;
  private static final long CACHE_BYTES = 512 << 10;
  private static final long LARGEST_ARRAY = 4L * (Integer.MAX_VALUE - 8);
  private static final int ALIGNMENT = 64;

  private final DeviceProfile profile;
  private final CpuOptions options;
  private final PoolShare share;
  private final PackedConstants constants;
  private final WarmUp warmUp;
  private final Set<Executable> loaded = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private CpuBackend(CpuOptions options) {
    this.profile = profile(options.threads());
    this.options = options;
    this.share = PoolShare.of(options.threads());
    this.constants = new PackedConstants(share.pool());
    this.warmUp = WarmUp.of(profile.channelBlock());
  }

  /** Opens the JVM with a thread for each processor, one run of a plan at a time. */
  public static CpuBackend open() {
    return open(CpuOptions.standard());
  }

  /** Opens the JVM as a device. */
  public static CpuBackend open(CpuOptions options) {
    return new CpuBackend(options);
  }

  private static DeviceProfile profile(int threads) {
    int block = InnerLoops.preferredBlock();
    boolean vectors = InnerLoops.vectorised(block);
    double flopsPerCycle = vectors ? 4.0 * block : 12;
    String loops = vectors ? 32 * block + "-bit vectors" : "no Vector API";
    return new DeviceProfile(
        "JVM, " + threads + " threads, " + loops,
        DeviceProfile.Kind.JVM,
        block,
        threads,
        1,
        CACHE_BYTES,
        Runtime.getRuntime().maxMemory(),
        Math.min(LARGEST_ARRAY, Runtime.getRuntime().maxMemory()),
        ALIGNMENT,
        threads * flopsPerCycle * CLOCK,
        BANDWIDTH,
        0,
        LAUNCH_SECONDS,
        Map.of());
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
  public Executable load(Plan plan) {
    if (closed) {
      throw new IllegalStateException("the device is closed; open it again");
    }
    List<Lane> made = lanes(plan, constants.acquire(plan.packed()));
    warmUp.await();
    CpuExecutable[] self = new CpuExecutable[1];
    self[0] =
        new CpuExecutable(
            plan,
            made,
            share.pool(),
            () -> {
              constants.release(plan.packed());
              loaded.remove(self[0]);
            });
    loaded.add(self[0]);
    return self[0];
  }

  private List<Lane> lanes(Plan plan, List<float[]> packed) {
    try {
      List<Lane> made = new ArrayList<>();
      for (int i = 0; i < options.lanes(); i++) {
        made.add(new Lane(plan, packed, share.pool(), options.poison()));
      }
      return made;
    } catch (RuntimeException | Error e) {
      constants.release(plan.packed());
      throw e;
    }
  }

  @Override
  public void close() {
    closed = true;
    loaded.forEach(Executable::close);
    share.close();
  }
}
