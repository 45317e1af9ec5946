package io.clarinet.backend.opencl;

import static org.jocl.CL.clGetDeviceInfo;
import static org.jocl.CL.clGetPlatformInfo;

import io.clarinet.backend.DeviceException;
import java.nio.charset.StandardCharsets;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_device_id;
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
