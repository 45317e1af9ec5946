package io.clarinet.diagnosis;

import io.clarinet.Device;
import io.clarinet.DeviceChoiceException;
import io.clarinet.backend.Backend;
import io.clarinet.backend.DeviceException;
import io.clarinet.backend.jvm.JvmOptions;
import io.clarinet.backend.opencl.DeviceFacts;
import io.clarinet.backend.opencl.ListedDevice;
import io.clarinet.backend.opencl.OpenCl;
import io.clarinet.backend.opencl.OpenClBackend;
import io.clarinet.backend.opencl.OpenClOptions;
import io.clarinet.backend.opencl.PlatformFacts;
import io.clarinet.engine.Jvm;
import io.clarinet.selftest.Verdicts;
import java.util.List;

/**
 * Asks the OpenCL drivers of this process, one question a call: any of them may end the process, or
 * never come back. Devices are asked for even where that leaves this JVM with other signal
 * handlers, so a process should do nothing else afterwards.
 */
public final class Drivers {
  private Drivers() {}

  /**
   * The device that is taken where none is named, or {@code CLARINET_DEVICE} names it.
   *
   * @param id its id; empty where the one that is named cannot be used
   * @param passedOver why not those that would be preferred to it, or why not the one named
   */
  public record Choice(String id, String passedOver) {}

  /** The choice, before any device is asked for that is asked only if named. */
  public static Choice choice() {
    try {
      Device device = Device.standard();
      return new Choice(device.id(), device.passedOver());
    } catch (DeviceChoiceException e) {
      return new Choice("", String.valueOf(e.getMessage()));
    }
  }

  /** The reason why there are no platforms; empty where there are some. */
  public static String missing() {
    return OpenCl.installation().missing();
  }

  /** All platforms. */
  public static List<PlatformFacts> platforms() {
    return OpenCl.installation().platforms();
  }

  /** All devices of a platform, by its id; one entry that says why where there are none. */
  public static List<DeviceFacts> devices(String platform) {
    int index = Integer.parseInt(platform.substring(platform.indexOf(':') + 1));
    return OpenCl.installation().facts(index);
  }

  /**
   * Opens a device: it has to answer a small known question, and is measured at its first use.
   *
   * @param id its id; {@code cpu} for the JVM
   */
  @SuppressWarnings("CatchingUnchecked")
  public static SelfCheck check(String id) {
    try (Backend backend = id.equals("cpu") ? Jvm.open(JvmOptions.standard()) : openCl(id)) {
      return SelfCheck.passed(backend.profile().speed(), backend.measuredAt(), struckOff(backend));
    } catch (Throwable e) {
      return SelfCheck.failed(e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  private static List<String> struckOff(Backend backend) {
    return backend instanceof OpenClBackend device
        ? Verdicts.of(device.options().cache(), device.identity()).struckOff().stream()
            .map(verdict -> verdict.kernel() + ": " + verdict.reason())
            .distinct()
            .toList()
        : List.of();
  }

  private static Backend openCl(String id) {
    ListedDevice device =
        OpenCl.installation()
            .device(id)
            .orElseThrow(() -> new DeviceException(id + " is not there any more"));
    return OpenClBackend.open(device, OpenClOptions.fromProperties());
  }
}
