package io.clarinet.backend.opencl;

import static org.jocl.CL.clGetPlatformIDs;

import io.clarinet.backend.DeviceException;
import java.util.ArrayList;
import java.util.List;
import org.jocl.CLException;
import org.jocl.cl_platform_id;
import org.jspecify.annotations.Nullable;

/**
 * The OpenCL library, loaded and asked for its platforms.
 *
 * @param missing why there are none
 */
record Loaded(List<Platform> platforms, Selection.@Nullable None missing) {

  /** Loads it now. */
  static Loaded now() {
    if (!LoaderLibrary.isPresent()) {
      return none("there is no OpenCL library", OpenCl.INSTALL);
    }
    if (!Binding.isComplete()) {
      return none("this Java runtime lacks the module java.logging", Binding.COMPLETE);
    }
    try {
      Binding.load();
      return new Loaded(ask(), null);
    } catch (DeviceException e) {
      return none(Status.reason(e), OpenCl.INSTALL);
    } catch (Throwable e) {
      return none("OpenCL fails: " + Binding.reason(e), "");
    }
  }

  private static Loaded none(String reason, String hint) {
    return new Loaded(List.of(), new Selection.None(reason, hint));
  }

  private static List<Platform> ask() {
    int[] count = new int[1];
    check(platformIds(0, null, count));
    cl_platform_id[] ids = new cl_platform_id[count[0]];
    check(platformIds(ids.length, ids, null));
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

  private static void check(int code) {
    if (code == Status.PLATFORM_NOT_FOUND) {
      throw new DeviceException("there is an OpenCL library, but no driver");
    }
    Status.check(code, "clGetPlatformIDs");
  }
}
