package io.clarinet.backend.opencl;

import static org.jocl.CL.clGetDeviceInfo;
import static org.jocl.CL.clGetPlatformInfo;

import java.nio.charset.StandardCharsets;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;

/** Asks platforms and devices for their properties. */
final class Query {
  private Query() {}

  static String text(cl_platform_id platform, int what) {
    long[] size = new long[1];
    Status.check(clGetPlatformInfo(platform, what, 0, null, size), "clGetPlatformInfo");
    byte[] bytes = new byte[Math.toIntExact(size[0])];
    Status.check(
        clGetPlatformInfo(platform, what, bytes.length, Pointer.to(bytes), null),
        "clGetPlatformInfo");
    return text(bytes);
  }

  static String text(cl_device_id device, int what) {
    long[] size = new long[1];
    Status.check(clGetDeviceInfo(device, what, 0, null, size), "clGetDeviceInfo");
    byte[] bytes = new byte[Math.toIntExact(size[0])];
    Status.check(
        clGetDeviceInfo(device, what, bytes.length, Pointer.to(bytes), null), "clGetDeviceInfo");
    return text(bytes);
  }

  /** A property of 32 bits. */
  static int integer(cl_device_id device, int what) {
    int[] value = new int[1];
    Status.check(
        clGetDeviceInfo(device, what, Sizeof.cl_uint, Pointer.to(value), null), "clGetDeviceInfo");
    return value[0];
  }

  /** A property of 64 bits, such as memory sizes. */
  static long wide(cl_device_id device, int what) {
    long[] value = new long[1];
    Status.check(
        clGetDeviceInfo(device, what, Sizeof.cl_ulong, Pointer.to(value), null), "clGetDeviceInfo");
    return value[0];
  }

  private static String text(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] == 0) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8).trim();
  }
}
