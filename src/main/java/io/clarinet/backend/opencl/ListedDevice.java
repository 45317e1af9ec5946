package io.clarinet.backend.opencl;

import java.util.Locale;

/**
 * An OpenCL device as people choose it.
 *
 * @param id such as {@code opencl:0:0}, platform and device counted from zero; {@code opencl:0} for
 *     a platform that gave no devices, or was not asked for them
 * @param type {@code cpu}, {@code gpu}, {@code accelerator} or {@code unknown}
 * @param driver the driver's version
 * @param reason why it is not usable, or only if named; empty if nothing speaks against it
 */
public record ListedDevice(
    String id,
    String name,
    String platform,
    String type,
    String driver,
    boolean usable,
    String reason) {

  /** Whether this is a device, not a platform that gave none. */
  boolean wasAsked() {
    return id.chars().filter(c -> c == ':').count() == 2;
  }

  /** Whether it may be taken without being named. */
  boolean isTrusted() {
    return usable && reason.isEmpty();
  }

  /** Whether it is Mesa's renderer for CPUs. */
  boolean isLlvmpipe() {
    return isLlvmpipe(name);
  }

  static boolean isLlvmpipe(String name) {
    return name.startsWith("llvmpipe");
  }

  /** Whether a request is part of the name of this device or its platform. */
  boolean matches(String request) {
    String wanted = request.toLowerCase(Locale.ROOT);
    return name.toLowerCase(Locale.ROOT).contains(wanted)
        || platform.toLowerCase(Locale.ROOT).contains(wanted);
  }

  /** Whether a request means this platform, or a device that it might have. */
  boolean isPlatformOf(String request) {
    return (request.toLowerCase(Locale.ROOT) + ":").startsWith(id + ":") || matches(request);
  }

  @Override
  public String toString() {
    return id + " (" + name + ")";
  }
}
