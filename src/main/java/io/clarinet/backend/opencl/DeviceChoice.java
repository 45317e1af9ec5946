package io.clarinet.backend.opencl;

import io.clarinet.file.NearNames;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the device that a request means. */
record DeviceChoice(Listing listing) {
  private static final List<String> PREFERENCE = List.of("gpu", "accelerator", "cpu", "unknown");

  /** Lists devices; platforms that cannot be asked safely as one unusable entry, or in full. */
  interface Listing {
    List<ListedDevice> devices(boolean evenUnsafe);
  }

  /** The selection, see {@link OpenCl#select(String, Set)}. */
  Selection select(String request, Set<String> failed) {
    String wanted = request.toLowerCase(Locale.ROOT);
    if (wanted.equals("auto") || wanted.equals("opencl")) {
      return best(listing.devices(wanted.equals("opencl")), failed);
    }
    List<ListedDevice> fitting = fitting(wanted, listing.devices(false));
    if (fitting.isEmpty()) {
      fitting = fitting(wanted, listing.devices(true));
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

  /** A request that no device fits may mean a platform that could not be asked for its devices. */
  private Selection unknown(String request) {
    List<ListedDevice> all = listing.devices(true);
    return all.stream()
        .filter(entry -> !entry.wasAsked() && entry.isPlatformOf(request))
        .findFirst()
        .map(DeviceChoice::usable)
        .orElseGet(
            () ->
                new Selection.None(
                    "no OpenCL device is called \"" + request + "\"" + near(request, all),
                    all.isEmpty() ? OpenCl.INSTALL : "the devices are " + all));
  }

  /** The fixed words, ids, and words of names that are near. */
  private static String near(String request, List<ListedDevice> devices) {
    Set<String> words = new LinkedHashSet<>(List.of("auto", "cpu", "opencl"));
    for (ListedDevice device : devices) {
      words.add(device.id());
      words.addAll(List.of((device.name() + " " + device.platform()).split("[^\\p{L}\\d]+", -1)));
    }
    return NearNames.text(request, words);
  }

  private static Selection best(List<ListedDevice> devices, Set<String> failed) {
    return devices.stream()
        .filter(d -> d.isTrusted() && !failed.contains(d.id()))
        .min(
            Comparator.comparingInt((ListedDevice d) -> PREFERENCE.indexOf(d.type()))
                .thenComparing(d -> !d.platform().equals(Platform.POCL)))
        .<Selection>map(Selection.Chosen::new)
        .orElseGet(() -> noneOf(devices));
  }

  private static Selection noneOf(List<ListedDevice> devices) {
    List<ListedDevice> unusable = devices.stream().filter(d -> !d.isTrusted()).toList();
    if (unusable.isEmpty()) {
      return new Selection.None("no OpenCL platform has a device", OpenCl.INSTALL);
    }
    String reasons =
        unusable.stream()
            .map(device -> device + " is not used: " + device.reason())
            .collect(Collectors.joining("; "));
    boolean pocl = unusable.stream().anyMatch(d -> d.platform().equals(Platform.POCL));
    return new Selection.None(reasons, pocl ? "" : OpenCl.INSTALL);
  }

  private static Selection usable(ListedDevice device) {
    return device.usable()
        ? new Selection.Chosen(device)
        : new Selection.None(device + " cannot be used: " + device.reason(), "");
  }
}
