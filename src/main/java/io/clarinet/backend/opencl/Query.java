package io.clarinet.backend.opencl;

import static org.jocl.CL.CL_KERNEL_PREFERRED_WORK_GROUP_SIZE_MULTIPLE;
import static org.jocl.CL.CL_SUCCESS;
import static org.jocl.CL.clGetDeviceInfo;
import static org.jocl.CL.clGetKernelWorkGroupInfo;
import static org.jocl.CL.clGetPlatformInfo;

import io.clarinet.backend.DeviceException;
import java.nio.charset.StandardCharsets;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_device_id;
import org.jocl.cl_kernel;
import org.jocl.cl_platform_id;
import org.jspecify.annotations.Nullable;

/** Asks platforms and devices for their properties. */
final class Query {
  private static final int LONGEST_TEXT = 1 << 20;

  private Query() {}

  static String text(cl_platform_id platform, int what) {
    return text(
        "clGetPlatformInfo",
        (room, value, size) -> clGetPlatformInfo(platform, what, room, value, size));
  }

  static String text(cl_device_id device, int what) {
    return text(
        "clGetDeviceInfo", (room, value, size) -> clGetDeviceInfo(device, what, room, value, size));
  }

  private interface Question {
    int ask(long room, @Nullable Pointer value, long @Nullable [] size);
  }

  private static String text(String call, Question question) {
    long[] size = new long[1];
    Status.check(question.ask(0, null, size), call);
    if (size[0] < 0 || size[0] > LONGEST_TEXT) {
      throw new DeviceException(
          call + " gave a text of " + Long.toUnsignedString(size[0]) + " bytes");
    }
    byte[] bytes = new byte[(int) size[0]];
    Status.check(question.ask(bytes.length, Pointer.to(bytes), null), call);
    return text(bytes);
  }

  /** A property of 32 bits. */
  static int integer(cl_device_id device, int what) {
    int[] value = new int[1];
    Status.check(
        clGetDeviceInfo(device, what, Sizeof.cl_uint, Pointer.to(value), null), "clGetDeviceInfo");
    return value[0];
  }

  /** A property of 32 bits, or another value where the driver does not answer. */
  static int integerOr(cl_device_id device, int what, int otherwise) {
    int[] value = new int[1];
    int status = clGetDeviceInfo(device, what, Sizeof.cl_uint, Pointer.to(value), null);
    return status == CL_SUCCESS ? value[0] : otherwise;
  }

  /** As {@link #size}, or another value where the driver does not answer. */
  static long sizeOr(cl_device_id device, int what, long otherwise) {
    try {
      return size(device, what);
    } catch (DeviceException e) {
      return otherwise;
    }
  }

  /** Work-items of which a kernel wants whole multiples in a group; 0 where nobody answers. */
  static int groupMultiple(cl_kernel kernel, cl_device_id device) {
    long[] value = new long[1];
    int status =
        clGetKernelWorkGroupInfo(
            kernel,
            device,
            CL_KERNEL_PREFERRED_WORK_GROUP_SIZE_MULTIPLE,
            Sizeof.size_t,
            Pointer.to(value),
            null);
    return status == CL_SUCCESS && value[0] == (int) value[0] ? (int) value[0] : 0;
  }

  /** A size; what exceeds 63 bits, as "no limit" may be told, is the largest long. */
  static long size(cl_device_id device, int what) {
    long size = wide(device, what);
    return size < 0 ? Long.MAX_VALUE : size;
  }

  /** A property of 64 bits. */
  static long wide(cl_device_id device, int what) {
    long[] value = new long[1];
    Status.check(
        clGetDeviceInfo(device, what, Sizeof.cl_ulong, Pointer.to(value), null), "clGetDeviceInfo");
    return value[0];
  }

  /** Control characters, which a terminal would obey, become blanks. */
  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", " ").strip();
  }
}
