package io.clarinet.backend.opencl;

import java.util.Comparator;
import java.util.List;

/** Finds the device that a request means. */
record DeviceChoice(Listing listing) {
  private static final List<String> PREFERENCE = List.of("gpu", "accelerator", "cpu", "unknown");

  /** Lists devices; platforms that cannot be asked safely as one unusable entry, or in full. */
  interface Listing {
    List<ListedDevice> devices(boolean evenUnsafe);
  }

  /** As {@link OpenCl#select}. */
  Selection select(String request) {
    if (request.equals("auto") || request.equals("opencl")) {
      return best(listing.devices(request.equals("opencl")));
    }
    List<ListedDevice> fitting = fitting(request, listing.devices(false));
    if (fitting.isEmpty()) {
      fitting = fitting(request, listing.devices(true));
    }
    return switch (fitting.size()) {
      case 0 -> unknown(request);
      case 1 -> usable(fitting.get(0));
      default -> new Selection.Ambiguous(fitting);
    };
  }

  private static List<ListedDevice> fitting(String request, List<ListedDevice> devices) {
    List<ListedDevice> asked = devices.stream().filter(ListedDevice::wasAsked).toList();
    List<ListedDevice> exact = asked.stream().filter(d -> d.id().equals(request)).toList();
    return exact.isEmpty() ? asked.stream().filter(d -> d.matches(request)).toList() : exact;
  }

  private Selection unknown(String request) {
    List<ListedDevice> all = listing.devices(false);
    return new Selection.None(
        "no OpenCL device is called \"" + request + "\"",
        all.isEmpty() ? OpenCl.INSTALL : "the devices are " + all);
  }

  private static Selection best(List<ListedDevice> devices) {
    return devices.stream()
        .filter(ListedDevice::usable)
        .min(Comparator.comparingInt(d -> PREFERENCE.indexOf(d.type())))
        .<Selection>map(Selection.Chosen::new)
        .orElseGet(() -> noneOf(devices));
  }

  private static Selection noneOf(List<ListedDevice> devices) {
    return devices.isEmpty()
        ? new Selection.None("no OpenCL platform has a device", OpenCl.INSTALL)
        : new Selection.None(devices.get(0) + " is not used: " + devices.get(0).reason(), "");
  }

  private static Selection usable(ListedDevice device) {
    return device.usable()
        ? new Selection.Chosen(device)
        : new Selection.None(device + " cannot be used: " + device.reason(), "");
  }
}
