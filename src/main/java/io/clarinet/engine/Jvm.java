package io.clarinet.engine;

import io.clarinet.backend.jvm.JvmBackend;
import io.clarinet.backend.jvm.JvmOptions;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.jvm.JvmProfile;
import io.clarinet.kernel.jvm.Probes;
import io.clarinet.kernel.jvm.WarmUp;

/** The JVM as a device, which needs no driver. */
public final class Jvm {
  private Jvm() {}

  /**
   * Opens it; its kernels are compiled meanwhile, at the latest before the first plan is loaded.
   */
  public static JvmBackend open(JvmOptions options) {
    DeviceProfile profile = JvmProfile.of(options.threads());
    WarmUp warmUp = WarmUp.of(profile.channelBlock());
    return JvmBackend.open(
        profile,
        options,
        new JvmBackend.Compiled(
            warmUp::await,
            () -> Probes.arithmetic(options.threads()),
            () -> Probes.memory(options.threads())));
  }
}
