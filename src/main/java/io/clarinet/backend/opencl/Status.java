package io.clarinet.backend.opencl;

import static org.jocl.CL.CL_MEM_OBJECT_ALLOCATION_FAILURE;
import static org.jocl.CL.CL_OUT_OF_HOST_MEMORY;
import static org.jocl.CL.CL_OUT_OF_RESOURCES;
import static org.jocl.CL.CL_SUCCESS;

import io.clarinet.backend.DeviceException;
import org.jocl.CL;
import org.jocl.CLException;

/** OpenCL status codes. */
final class Status {
  /** From the ICD loader: it found no driver. */
  static final int PLATFORM_NOT_FOUND = -1001;

  private Status() {}

  /** Throws unless {@code code} is success; {@code call} is the OpenCL function. */
  static void check(int code, String call) {
    if (code == CL_MEM_OBJECT_ALLOCATION_FAILURE) {
      throw DeviceException.outOfMemory(describe(code, call), null);
    }
    if (code != CL_SUCCESS) {
      throw new DeviceException(describe(code, call));
    }
  }

  /** Whether a call that only takes memory failed for want of it. */
  static boolean isOutOfMemory(int code) {
    return code == CL_MEM_OBJECT_ALLOCATION_FAILURE
        || code == CL_OUT_OF_RESOURCES
        || code == CL_OUT_OF_HOST_MEMORY;
  }

  /** The code by name and number, and the function that gave it. */
  static String describe(int code, String call) {
    return call + " gave " + name(code) + " (" + code + ")";
  }

  /** Why a driver cannot be used that threw while it was asked: one line. */
  static String reason(Throwable thrown) {
    String message = thrown.getMessage();
    return thrown instanceof DeviceException && message != null
        ? message
        : thrown instanceof CLException ? "the driver gave " + message : thrown.toString();
  }

  private static String name(int code) {
    String known = CL.stringFor_errorCode(code);
    return code == PLATFORM_NOT_FOUND
        ? "CL_PLATFORM_NOT_FOUND_KHR"
        : known.startsWith("CL_") ? known : "an unknown status";
  }
}
