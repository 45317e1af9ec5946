package io.clarinet.backend.opencl;

import io.clarinet.backend.DeviceException;
import io.clarinet.backend.Notice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jocl.cl_device_id;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The OpenCL installation of this process, looked up once. PoCL's devices are asked for only where
 * that leaves the JVM working, or where the user names them.
 */
public final class OpenCl {
  private static final Logger LOG = LoggerFactory.getLogger(OpenCl.class);
  static final String INSTALL =
      "install a driver, for instance: apt-get install pocl-opencl-icd ocl-icd-libopencl1";

  private final boolean signalsProtected = JvmSignals.areProtected();
  private final Map<Platform, List<Platform.Found>> asked = new HashMap<>();
  private @Nullable Loaded loaded;
  private boolean damageTold;

  private OpenCl() {}

  private static final class Holder {
    static final OpenCl INSTANCE = new OpenCl();
  }

  /** The installation, which loads the OpenCL library when it is first asked for devices. */
  public static OpenCl installation() {
    return Holder.INSTANCE;
  }

  /**
   * All devices. A platform whose devices cannot be asked for, or not safely unless {@code
   * evenUnsafe}, is listed as one unusable entry.
   */
  public synchronized List<ListedDevice> devices(boolean evenUnsafe) {
    if (!evenUnsafe && !mayLoad()) {
      return List.of(notLoaded());
    }
    List<ListedDevice> devices = new ArrayList<>();
    for (Platform platform : loaded().platforms()) {
      if (isSafe(platform) || evenUnsafe) {
        ask(platform).forEach(found -> devices.add(found.listed()));
      } else {
        devices.add(
            platform.unusable(
                "asking PoCL for its devices would break this JVM's integer division by zero; "
                    + JvmSignals.remedy()));
      }
    }
    return devices;
  }

  /** The reason why there are no platforms, with a hint after it; empty where there are some. */
  public synchronized String missing() {
    Selection.None missing = loaded().missing();
    return missing == null
        ? ""
        : missing.reason() + (missing.hint().isEmpty() ? "" : "; " + missing.hint());
  }

  /** The platforms, none of which is asked for its devices. */
  public synchronized List<PlatformFacts> platforms() {
    return loaded().platforms().stream()
        .map(platform -> PlatformFacts.of(platform, isSafe(platform)))
        .toList();
  }

  /** All that the devices of a platform say, asked for even where that harms this JVM. */
  public synchronized List<DeviceFacts> facts(int platform) {
    return ask(loaded().platforms().get(platform)).stream().map(DeviceFacts::of).toList();
  }

  /** A device by its id, for which no other platform is asked; empty if there is none. */
  public synchronized Optional<ListedDevice> device(String id) {
    return loaded().platforms().stream()
        .filter(platform -> id.startsWith(platform.id() + ":"))
        .flatMap(platform -> ask(platform).stream())
        .map(Platform.Found::listed)
        .filter(listed -> listed.id().equals(id))
        .findFirst();
  }

  private boolean mayLoad() {
    return loaded != null
        || signalsProtected
        || !DriverFiles.loaderAsksPocl(System.getenv())
        || SignalHandlers.now().isPresent();
  }

  private static ListedDevice notLoaded() {
    return new ListedDevice(
        "opencl",
        "OpenCL",
        Platform.POCL,
        "unknown",
        "",
        false,
        "beside other drivers the OpenCL library asks PoCL for its devices when it is loaded, which"
            + " would break this JVM's integer division by zero; set OCL_ICD_PLATFORM_SORT=none, or"
            + " "
            + JvmSignals.remedy());
  }

  private Loaded loaded() {
    if (loaded == null) {
      boolean risky = !signalsProtected && DriverFiles.loaderAsksPocl(System.getenv());
      loaded = keepingHandlers(risky, "library", Loaded::now);
    }
    return loaded;
  }

  private boolean isSafe(Platform platform) {
    return signalsProtected
        || !platform.replacesSignalHandlers()
        || asked.containsKey(platform)
        || SignalHandlers.now().isPresent();
  }

  private List<Platform.Found> ask(Platform platform) {
    List<Platform.Found> known = asked.get(platform);
    if (known != null) {
      return known;
    }
    boolean risky = !signalsProtected && platform.replacesSignalHandlers();
    List<Platform.Found> found =
        keepingHandlers(risky, "driver " + platform.name(), platform::devices);
    asked.put(platform, found);
    return found;
  }

  private <T> T keepingHandlers(boolean risky, String who, Supplier<T> work) {
    Optional<SignalHandlers> handlers = risky ? SignalHandlers.now() : Optional.empty();
    T result = work.get();
    handlers.ifPresent(SignalHandlers::restore);
    tellDamage(who);
    return result;
  }

  private void tellDamage(String who) {
    if (!damageTold && !JvmSignals.divisionByZeroThrows()) {
      damageTold = true;
      Notice.say(
          LOG,
          "The OpenCL "
              + who
              + " replaced this JVM's signal handlers: integer division by zero no longer throws,"
              + " and kernel builds may fail at random. To cure it, "
              + JvmSignals.remedy()
              + ".");
    }
  }

  /**
   * The device that a request means.
   *
   * @param request {@code auto} for the best that can be asked for safely, {@code opencl} for the
   *     best of all, an id, or part of the name of a device or platform
   */
  public Selection select(String request) {
    return select(request, Set.of());
  }

  /**
   * The device that a request means, some devices excluded.
   *
   * @param failed ids of devices that {@code auto} and {@code opencl} pass over
   */
  public synchronized Selection select(String request, Set<String> failed) {
    Selection selection = new DeviceChoice(this::devices).select(request, failed);
    Selection missing = loaded == null ? null : loaded.missing();
    return missing == null ? selection : missing;
  }

  /** Opens a context on a listed device. */
  DeviceContext connect(ListedDevice device) {
    return at(device, (handle, platform) -> DeviceContext.open(device, handle, platform));
  }

  /**
   * All that tells a device and its driver from others, and from their other versions; a
   * compilation depends on it besides source and options.
   */
  public String identity(ListedDevice device) {
    return at(device, (handle, platform) -> identity(device, platform.version()));
  }

  static String identity(ListedDevice device, String platformVersion) {
    return device.name() + '\n' + device.driver() + '\n' + platformVersion;
  }

  private synchronized <T> T at(ListedDevice device, BiFunction<cl_device_id, Platform, T> use) {
    for (Map.Entry<Platform, List<Platform.Found>> entry : asked.entrySet()) {
      for (Platform.Found found : entry.getValue()) {
        cl_device_id handle = found.handle();
        if (handle != null && found.listed().id().equals(device.id())) {
          return use.apply(handle, entry.getKey());
        }
      }
    }
    throw new DeviceException(device + " was not asked for; select it first");
  }
}
