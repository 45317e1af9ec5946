package io.clarinet.backend.opencl;

import static org.jocl.CL.CL_DEVICE_NOT_FOUND;
import static org.jocl.CL.CL_PLATFORM_NAME;
import static org.jocl.CL.CL_PLATFORM_VERSION;
import static org.jocl.CL.CL_SUCCESS;
import static org.jocl.CL.clGetDeviceIDs;

import io.clarinet.backend.DeviceException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jocl.CLException;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;
import org.jspecify.annotations.Nullable;

/**
 * An OpenCL platform. Any failure while it is asked makes only itself unusable.
 *
 * @param index its place among the platforms, from zero
 * @param name as the driver gives it; "unknown" where it gives none
 * @param failure why it cannot even be asked for its devices; empty if it can
 */
record Platform(int index, cl_platform_id handle, String name, String version, String failure) {
  static final String POCL = "Portable Computing Language";
  private static final Pattern POCL_RELEASE = Pattern.compile("PoCL (\\d{1,4})\\.");
  private static final String UNKNOWN = "unknown";

  /** CL_DEVICE_TYPE_ALL as drivers know it; the binding's constant has 64 bits set, not 32. */
  private static final long ALL_TYPES = 0xFFFF_FFFFL;

  private static final int MOST_DEVICES = 1024;

  /** A device of a platform with the driver's handle; without one it cannot be opened. */
  record Found(ListedDevice listed, @Nullable cl_device_id handle) {}

  static Platform of(int index, cl_platform_id handle) {
    try {
      String name = Query.text(handle, CL_PLATFORM_NAME);
      String version = Query.text(handle, CL_PLATFORM_VERSION);
      return new Platform(index, handle, name.isEmpty() ? UNKNOWN : name, version, "");
    } catch (Throwable e) {
      return new Platform(index, handle, UNKNOWN, "", Status.reason(e));
    }
  }

  boolean isPocl() {
    return name.equals(POCL);
  }

  /** Whether asking for the devices replaces the JVM's signal handlers: PoCL did so before 4.0. */
  boolean replacesSignalHandlers() {
    Matcher release = POCL_RELEASE.matcher(version);
    return isPocl() && !(release.find() && Integer.parseInt(release.group(1)) >= 4);
  }

  String id() {
    return "opencl:" + index;
  }

  /** This platform listed in place of its devices, none of which can be used. */
  ListedDevice unusable(String reason) {
    return new ListedDevice(id(), name, name, "unknown", version, false, reason);
  }

  /** Asks for the devices; one entry that says why where there are none. */
  List<Found> devices() {
    String trouble = failure.isEmpty() && isPocl() ? PoclCache.trouble() : failure;
    if (!trouble.isEmpty()) {
      return List.of(new Found(unusable(trouble), null));
    }
    try {
      cl_device_id[] handles = handles();
      List<Found> found = new ArrayList<>();
      for (int i = 0; i < handles.length; i++) {
        found.add(new Found(DeviceListing.of(id() + ":" + i, name, handles[i]), handles[i]));
      }
      return found.isEmpty()
          ? List.of(new Found(unusable("the platform has no device"), null))
          : found;
    } catch (Throwable e) {
      return List.of(new Found(unusable(Status.reason(e)), null));
    }
  }

  private cl_device_id[] handles() {
    int[] count = new int[1];
    int code = deviceIds(0, null, count);
    if (code == CL_DEVICE_NOT_FOUND || (code == CL_SUCCESS && count[0] == 0)) {
      return new cl_device_id[0];
    }
    Status.check(code, "clGetDeviceIDs");
    if (count[0] < 0 || count[0] > MOST_DEVICES) {
      throw new DeviceException(
          "clGetDeviceIDs gave " + Integer.toUnsignedString(count[0]) + " devices");
    }
    cl_device_id[] handles = new cl_device_id[count[0]];
    Status.check(deviceIds(handles.length, handles, null), "clGetDeviceIDs");
    return handles;
  }

  private int deviceIds(int room, cl_device_id @Nullable [] handles, int @Nullable [] count) {
    try {
      return clGetDeviceIDs(handle, ALL_TYPES, room, handles, count);
    } catch (CLException e) {
      return e.getStatus();
    }
  }
}
