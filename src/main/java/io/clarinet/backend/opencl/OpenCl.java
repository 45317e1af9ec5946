package io.clarinet.backend.opencl;

import static org.jocl.CL.CL_DEVICE_AVAILABLE;
import static org.jocl.CL.CL_DEVICE_COMPILER_AVAILABLE;
import static org.jocl.CL.CL_DEVICE_NAME;
import static org.jocl.CL.CL_DEVICE_NOT_FOUND;
import static org.jocl.CL.CL_DEVICE_TYPE;
import static org.jocl.CL.CL_DEVICE_TYPE_ACCELERATOR;
import static org.jocl.CL.CL_DEVICE_TYPE_ALL;
import static org.jocl.CL.CL_DEVICE_TYPE_CPU;
import static org.jocl.CL.CL_DEVICE_TYPE_GPU;
import static org.jocl.CL.CL_DEVICE_VERSION;
import static org.jocl.CL.CL_DRIVER_VERSION;
import static org.jocl.CL.CL_PLATFORM_NAME;
import static org.jocl.CL.CL_PLATFORM_VERSION;
import static org.jocl.CL.CL_SUCCESS;
import static org.jocl.CL.clGetDeviceIDs;
import static org.jocl.CL.clGetPlatformIDs;

import io.clarinet.plan.DeviceException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private static final String POCL = "Portable Computing Language";
  static final String INSTALL =
      "install a driver, for instance: apt-get install pocl-opencl-icd ocl-icd-libopencl1";

  private final List<Platform> platforms;
  private final Selection.@Nullable None missing;
  private final boolean signalsProtected = JvmSignals.areProtected();
  private final Map<String, cl_device_id> found = new HashMap<>();
  private final Map<Platform, List<ListedDevice>> asked = new HashMap<>();

  private OpenCl(List<Platform> platforms, Selection.@Nullable None missing) {
    this.platforms = platforms;
    this.missing = missing;
  }

  private record Platform(int index, cl_platform_id id, String name, String version) {
    boolean isPocl() {
      return name.equals(POCL);
    }
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
    System.setProperty("uniqueLibraryNames", "true");
    try {
      return new OpenCl(platforms(), null);
    } catch (DeviceException e) {
      return new OpenCl(List.of(), new Selection.None(String.valueOf(e.getMessage()), INSTALL));
    } catch (LinkageError e) {
      return new OpenCl(
          List.of(),
          new Selection.None("the OpenCL library cannot be loaded: " + e.getMessage(), INSTALL));
    }
  }

  private static List<Platform> platforms() {
    int[] count = new int[1];
    checkPlatforms(platformIds(0, null, count));
    cl_platform_id[] ids = new cl_platform_id[count[0]];
    checkPlatforms(platformIds(ids.length, ids, null));
    List<Platform> platforms = new ArrayList<>();
    for (int i = 0; i < ids.length; i++) {
      platforms.add(
          new Platform(
              i,
              ids[i],
              Query.text(ids[i], CL_PLATFORM_NAME),
              Query.text(ids[i], CL_PLATFORM_VERSION)));
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
   * All devices. A platform whose devices cannot be asked for safely is listed as one unusable
   * entry, unless {@code evenUnsafe}.
   */
  public synchronized List<ListedDevice> devices(boolean evenUnsafe) {
    List<ListedDevice> devices = new ArrayList<>();
    for (Platform platform : platforms) {
      if (isSafe(platform) || evenUnsafe) {
        devices.addAll(asked.computeIfAbsent(platform, this::ask));
      } else {
        devices.add(
            new ListedDevice(
                "opencl:" + platform.index(),
                platform.name(),
                platform.name(),
                "unknown",
                platform.version(),
                false,
                "asking PoCL for its devices would break this JVM's integer division by zero; "
                    + JvmSignals.remedy()));
      }
    }
    return devices;
  }

  private boolean isSafe(Platform platform) {
    return signalsProtected || !platform.isPocl() || asked.containsKey(platform);
  }

  private List<ListedDevice> ask(Platform platform) {
    int[] count = new int[1];
    int code = clGetDeviceIDs(platform.id(), CL_DEVICE_TYPE_ALL, 0, null, count);
    if (code == CL_DEVICE_NOT_FOUND || (code == CL_SUCCESS && count[0] == 0)) {
      return List.of();
    }
    Status.check(code, "clGetDeviceIDs of " + platform.name());
    cl_device_id[] ids = new cl_device_id[count[0]];
    Status.check(
        clGetDeviceIDs(platform.id(), CL_DEVICE_TYPE_ALL, ids.length, ids, null),
        "clGetDeviceIDs of " + platform.name());
    warnIfSignalsBroke(platform);
    List<ListedDevice> devices = new ArrayList<>();
    for (int i = 0; i < ids.length; i++) {
      String id = "opencl:" + platform.index() + ":" + i;
      found.put(id, ids[i]);
      devices.add(describe(id, platform, ids[i]));
    }
    return devices;
  }

  private static void warnIfSignalsBroke(Platform platform) {
    if (!JvmSignals.divisionByZeroThrows()) {
      LOG.error(
          "The OpenCL driver {} replaced this JVM's signal handlers: integer division by zero no"
              + " longer throws, and kernel builds may fail at random. To cure it, {}.",
          platform.name(),
          JvmSignals.remedy());
    }
  }

  private static ListedDevice describe(String id, Platform platform, cl_device_id device) {
    String reason = unusable(device);
    return new ListedDevice(
        id,
        Query.text(device, CL_DEVICE_NAME),
        platform.name(),
        type(device),
        Query.text(device, CL_DRIVER_VERSION),
        reason.isEmpty(),
        reason);
  }

  private static String unusable(cl_device_id device) {
    if (Query.integer(device, CL_DEVICE_AVAILABLE) == 0) {
      return "the driver says that it is not available";
    }
    if (Query.integer(device, CL_DEVICE_COMPILER_AVAILABLE) == 0) {
      return "the driver has no compiler";
    }
    String version = Query.text(device, CL_DEVICE_VERSION);
    return version.matches("OpenCL 1\\.[01]( .*)?")
        ? "it knows only " + version + ", and 1.2 is needed"
        : "";
  }

  private static String type(cl_device_id device) {
    long type = Query.wide(device, CL_DEVICE_TYPE);
    return (type & CL_DEVICE_TYPE_GPU) != 0
        ? "gpu"
        : (type & CL_DEVICE_TYPE_CPU) != 0
            ? "cpu"
            : (type & CL_DEVICE_TYPE_ACCELERATOR) != 0 ? "accelerator" : "unknown";
  }

  /**
   * The device that a request means.
   *
   * @param request {@code auto} for the best that can be asked for safely, {@code opencl} for the
   *     best of all, an id, or part of the name of a device or platform
   */
  public Selection select(String request) {
    if (missing != null) {
      return missing;
    }
    return new DeviceChoice(this::devices).select(request);
  }

  /** The OpenCL objects behind a listed device. */
  synchronized DeviceContext connect(ListedDevice device) {
    cl_device_id id = found.get(device.id());
    if (id == null) {
      throw new DeviceException(device + " was not asked for; select it first");
    }
    Platform platform =
        platforms.stream()
            .filter(p -> device.id().startsWith("opencl:" + p.index() + ":"))
            .findFirst()
            .orElseThrow();
    return DeviceContext.open(device, id, platform.id(), platform.version(), platform.isPocl());
  }
}
