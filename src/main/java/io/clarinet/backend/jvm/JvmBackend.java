package io.clarinet.backend.jvm;

import io.clarinet.backend.Backend;
import io.clarinet.backend.Executable;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The JVM as a device: runs plans whose steps are {@link io.clarinet.kernel.Work.Jvm}, on threads
 * that all backends of as many threads share. Closing waits for runs in progress and closes what
 * was loaded; loading afterwards throws IllegalStateException.
 */
public final class JvmBackend implements Backend {
  private final DeviceProfile profile;
  private final JvmOptions options;
  private final PoolShare share;
  private final PackedArrays constants;
  private final Runnable warmUp;
  private final Set<Executable> loaded = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private JvmBackend(DeviceProfile profile, JvmOptions options, Runnable warmUp) {
    this.profile = profile;
    this.options = options;
    this.share = PoolShare.of(options.threads());
    this.constants = new PackedArrays(share.pool());
    this.warmUp = warmUp;
  }

  /**
   * Opens the JVM as a device.
   *
   * @param warmUp returns when the kernels are compiled; called before each plan's first run
   */
  public static JvmBackend open(DeviceProfile profile, JvmOptions options, Runnable warmUp) {
    return new JvmBackend(profile, options, warmUp);
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
    List<JvmLane> made = lanes(plan, constants.acquire(plan.packed()));
    warmUp.run();
    JvmExecutable[] self = new JvmExecutable[1];
    self[0] =
        new JvmExecutable(
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

  private List<JvmLane> lanes(Plan plan, List<float[]> packed) {
    try {
      List<JvmLane> made = new ArrayList<>();
      for (int i = 0; i < options.lanes(); i++) {
        made.add(new JvmLane(plan, packed, share.pool(), options.poison()));
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
