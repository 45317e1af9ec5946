package io.clarinet.backend.opencl;

import static org.jocl.CL.CL_PLATFORM_VENDOR;

/**
 * What an OpenCL platform says of itself.
 *
 * @param safe whether it can be asked for its devices without harm to this JVM
 * @param failure why it cannot be asked at all; empty if it can
 */
public record PlatformFacts(
    String id, String name, String vendor, String version, boolean safe, String failure) {

  static PlatformFacts of(Platform platform, boolean safe) {
    String vendor =
        platform.failure().isEmpty()
            ? DeviceFacts.orReason(() -> Query.text(platform.handle(), CL_PLATFORM_VENDOR))
            : "";
    return new PlatformFacts(
        platform.id(), platform.name(), vendor, platform.version(), safe, platform.failure());
  }
}
