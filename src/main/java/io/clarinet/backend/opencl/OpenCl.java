package io.clarinet.backend.opencl;

import static org.jocl.CL.clGetPlatformIDs;

import io.clarinet.plan.DeviceException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jocl.CLException;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;
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

  private final List<Platform> platforms;
  private final Selection.@Nullable None missing;
  private final boolean signalsProtected = JvmSignals.areProtected();
  private final Map<Platform, List<Platform.Found>> asked = new HashMap<>();

  private OpenCl(List<Platform> platforms, Selection.@Nullable None missing) {
    this.platforms = platforms;
    this.missing = missing;
  }

  private static final class Holder {
    static final OpenCl INSTANCE = probe();
  }

  /** The installation; the first call loads the OpenCL library where there is one. */
  public static OpenCl installation() {
    return Holder.INSTANCE;
  }

  private static OpenCl probe() {
    if (!LoaderLibrary.isPresent()) {
      return new OpenCl(List.of(), new Selection.None("there is no OpenCL library", INSTALL));
    }
    try {
      Binding.load();
      return new OpenCl(platforms(), null);
    } catch (DeviceException e) {
      return new OpenCl(List.of(), new Selection.None(Status.reason(e), INSTALL));
    } catch (Throwable e) {
      return new OpenCl(List.of(), new Selection.None("OpenCL fails: " + Binding.reason(e), ""));
    }
  }

  private static List<Platform> platforms() {
    int[] count = new int[1];
    checkPlatforms(platformIds(0, null, count));
    cl_platform_id[] ids = new cl_platform_id[count[0]];
    checkPlatforms(platformIds(ids.length, ids, null));
    List<Platform> platforms = new ArrayList<>();
    for (int i = 0; i < ids.length; i++) {
      platforms.add(Platform.of(i, ids[i]));
    }
    return List.copyOf(platforms);
  }

  private static int platformIds(
      int room, cl_platform_id @Nullable [] ids, int @Nullable [] count) {
    try {
      return clGetPlatformIDs(room, ids, count);
    } catch (CLException e) {
      return e.getStatus();
    }
  }

  private static void checkPlatforms(int code) {
    if (code == Status.PLATFORM_NOT_FOUND) {
      throw new DeviceException("there is an OpenCL library, but no driver");
    }
    Status.check(code, "clGetPlatformIDs");
  }

  /**
   * All devices. A platform whose devices cannot be asked for, or not safely unless {@code
   * evenUnsafe}, is listed as one unusable entry.
   */
  public synchronized List<ListedDevice> devices(boolean evenUnsafe) {
    List<ListedDevice> devices = new ArrayList<>();
    for (Platform platform : platforms) {
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
    Optional<SignalHandlers> handlers =
        !signalsProtected && platform.replacesSignalHandlers()
            ? SignalHandlers.now()
            : Optional.empty();
    List<Platform.Found> found = platform.devices();
    handlers.ifPresent(SignalHandlers::restore);
    asked.put(platform, found);
    warnIfSignalsBroke(platform);
    return found;
  }

  private static void warnIfSignalsBroke(Platform platform) {
    if (!JvmSignals.divisionByZeroThrows()) {
      Notice.say(
          LOG,
          "The OpenCL driver "
              + platform.name()
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
   * As above.
   *
   * @param failed ids of devices that {@code auto} and {@code opencl} pass over
   */
  public Selection select(String request, Set<String> failed) {
    return missing != null ? missing : new DeviceChoice(this::devices).select(request, failed);
  }

  /** Opens a context on a listed device. */
  synchronized DeviceContext connect(ListedDevice device) {
    for (Map.Entry<Platform, List<Platform.Found>> entry : asked.entrySet()) {
      for (Platform.Found found : entry.getValue()) {
        cl_device_id handle = found.handle();
        if (handle != null && found.listed().id().equals(device.id())) {
          return DeviceContext.open(device, handle, entry.getKey());
        }
      }
    }
    throw new DeviceException(device + " was not asked for; select it first");
  }
}
