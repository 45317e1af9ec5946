package io.clarinet.backend.opencl;

import static org.jocl.CL.CL_DEVICE_AVAILABLE;
import static org.jocl.CL.CL_DEVICE_COMPILER_AVAILABLE;
import static org.jocl.CL.CL_DEVICE_GLOBAL_MEM_SIZE;
import static org.jocl.CL.CL_DEVICE_MAX_COMPUTE_UNITS;
import static org.jocl.CL.CL_DEVICE_MAX_MEM_ALLOC_SIZE;
import static org.jocl.CL.CL_DEVICE_MAX_WORK_GROUP_SIZE;
import static org.jocl.CL.CL_DEVICE_NAME;
import static org.jocl.CL.CL_DEVICE_TYPE;
import static org.jocl.CL.CL_DEVICE_TYPE_ACCELERATOR;
import static org.jocl.CL.CL_DEVICE_TYPE_CPU;
import static org.jocl.CL.CL_DEVICE_TYPE_GPU;
import static org.jocl.CL.CL_DEVICE_VERSION;
import static org.jocl.CL.CL_DRIVER_VERSION;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jocl.cl_device_id;

/**
 * Asks a device for the properties that people and planning need; its failures make only itself
 * unusable.
 */
final class DeviceListing {
  private static final int MOST_COMPUTE_UNITS = 1 << 16;

  private DeviceListing() {}

  /**
   * The device as listed; unusable, with the reason, where it gives no answer or an invalid one.
   */
  static ListedDevice of(String id, String platform, cl_device_id device) {
    String name = "unknown";
    String type = "unknown";
    String driver = "";
    String reason;
    try {
      String answer = Query.text(device, CL_DEVICE_NAME);
      name = answer.isEmpty() ? name : answer;
      type = type(device);
      driver = Query.text(device, CL_DRIVER_VERSION);
      reason = unusable(device);
    } catch (Throwable e) {
      reason = Status.reason(e);
    }
    boolean usable = reason.isEmpty();
    return new ListedDevice(
        id, name, platform, type, driver, usable, usable ? caution(name) : reason);
  }

  /** Mesa's renderer for CPUs passes the check and gives wrong values later. */
  private static String caution(String name) {
    return ListedDevice.isLlvmpipe(name) ? "many kernels give wrong values on it" : "";
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
        : implausible(device);
  }

  private static String implausible(cl_device_id device) {
    int units = Query.integer(device, CL_DEVICE_MAX_COMPUTE_UNITS);
    if (units < 1 || units > MOST_COMPUTE_UNITS) {
      return "the driver says that it has " + Integer.toUnsignedString(units) + " compute units";
    }
    Map<String, Integer> needed = new LinkedHashMap<>();
    needed.put("work-group size", CL_DEVICE_MAX_WORK_GROUP_SIZE);
    needed.put("memory", CL_DEVICE_GLOBAL_MEM_SIZE);
    needed.put("largest buffer", CL_DEVICE_MAX_MEM_ALLOC_SIZE);
    return needed.entrySet().stream()
        .filter(limit -> Query.size(device, limit.getValue()) == 0)
        .findFirst()
        .map(limit -> "the driver says that its " + limit.getKey() + " is 0")
        .orElse("");
  }

  private static String type(cl_device_id device) {
    long type = Query.wide(device, CL_DEVICE_TYPE);
    return (type & CL_DEVICE_TYPE_GPU) != 0
        ? "gpu"
        : (type & CL_DEVICE_TYPE_CPU) != 0
            ? "cpu"
            : (type & CL_DEVICE_TYPE_ACCELERATOR) != 0 ? "accelerator" : "unknown";
  }
}
