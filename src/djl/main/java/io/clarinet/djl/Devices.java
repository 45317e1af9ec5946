package io.clarinet.djl;

import ai.djl.Device;
import java.util.List;
import java.util.stream.IntStream;

/**
 * DJL's names of devices: {@code Device.of("opencl", i)} is the OpenCL device at index i of {@code
 * clarinet devices}, {@code Device.cpu()} this JVM.
 */
final class Devices {
  private static final String OPENCL = "opencl";

  private Devices() {}

  /**
   * The device of the library that is meant.
   *
   * @throws IllegalArgumentException if there is none of that name, or not as many
   */
  static io.clarinet.Device find(Device wanted) {
    if (wanted.getDeviceType().equals(Device.Type.CPU)) {
      return io.clarinet.Device.cpu();
    }
    List<io.clarinet.Device> all = openCl();
    int index = wanted.getDeviceId();
    if (!wanted.getDeviceType().equals(OPENCL) || index < 0 || index >= all.size()) {
      throw new IllegalArgumentException(
          wanted
              + " is no device of this engine; take Device.cpu()"
              + (all.isEmpty() ? "" : ", or Device.of(\"opencl\", i) with i from 0 of " + all));
    }
    return io.clarinet.Device.find(all.get(index).id());
  }

  /** DJL's name of the device that the library takes where nobody says one. */
  static Device standard() {
    return named(io.clarinet.Device.standard());
  }

  /** DJL's name of a device of the library. */
  static Device named(io.clarinet.Device device) {
    List<String> ids = openCl().stream().map(io.clarinet.Device::id).toList();
    int index = ids.indexOf(device.id());
    return index < 0 ? Device.cpu() : Device.of(OPENCL, index);
  }

  /** The OpenCL devices that can be used, at most so many; the CPU where there are none. */
  static Device[] usable(int most) {
    List<io.clarinet.Device> all = openCl();
    Device[] found =
        IntStream.range(0, all.size())
            .filter(i -> all.get(i).usable())
            .limit(Math.max(0, most))
            .mapToObj(i -> Device.of(OPENCL, i))
            .toArray(Device[]::new);
    return found.length == 0 ? new Device[] {Device.cpu()} : found;
  }

  private static List<io.clarinet.Device> openCl() {
    String cpu = io.clarinet.Device.cpu().id();
    return io.clarinet.Device.all().stream().filter(device -> !device.id().equals(cpu)).toList();
  }
}
