package io.clarinet.engine;

import io.clarinet.backend.jvm.JvmBackend;
import io.clarinet.backend.jvm.JvmOptions;
import io.clarinet.backend.jvm.KeptWidth;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Probe;
import io.clarinet.kernel.jvm.JvmProfile;
import io.clarinet.kernel.jvm.Probes;
import io.clarinet.kernel.jvm.WarmUp;

/** The JVM as a device, which needs no driver. */
public final class Jvm {
  private Jvm() {}

  /**
   * Opens it; its kernels are compiled meanwhile, at the latest before the first plan is loaded. At
   * its first use on a kind of processor the width of its vectors is chosen by measurement.
   */
  public static JvmBackend open(JvmOptions options) {
    int threads = options.threads();
    int width = new KeptWidth(JvmProfile.widths()).get(options, block -> probe(threads, block));
    DeviceProfile profile = JvmProfile.of(threads, width);
    WarmUp warmUp = WarmUp.of(width);
    return JvmBackend.open(
        profile,
        options,
        new JvmBackend.Compiled(
            warmUp::await,
            () -> Probes.arithmetic(threads, width),
            () -> Probes.memory(threads, width)));
  }

  private static Probe probe(int threads, int block) {
    WarmUp.widestTile(block);
    return Probes.arithmetic(threads, block);
  }
}
