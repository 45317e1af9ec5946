package io.clarinet.cli;

import io.clarinet.Device;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that runs something. */
final class CommonOptions {
  @Option(
      names = "--device",
      paramLabel = "D",
      completionCandidates = Words.Devices.class,
      description =
          "auto, cpu, opencl, an id, or part of a device's name (default: $CLARINET_DEVICE, else"
              + " auto)")
  @Nullable String device;

  @Option(names = "--json", description = "print one JSON document and nothing else")
  boolean json;

  @Option(names = "--verbose", description = "print stack traces of errors")
  boolean verbose;

  Device device() {
    return device == null ? Device.standard() : Device.find(device);
  }
}
