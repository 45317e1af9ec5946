package io.clarinet.cli;

import io.clarinet.Device;
import io.clarinet.cli.doctor.SystemFacts;
import io.clarinet.report.Explanation;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The machine's properties that a measured time depends on. */
final class MachineFacts {
  private final Map<String, String> facts = new LinkedHashMap<>();

  MachineFacts() {
    facts.put("Processor", SystemFacts.processor());
    facts.put("Cores", cores());
    facts.put("System", SystemFacts.system());
    facts.put(
        "Java",
        System.getProperty("java.vm.name")
            + " "
            + System.getProperty("java.runtime.version", System.getProperty("java.version")));
    facts.put("Clarinet", new Version().getVersion()[0].replace("clarinet ", ""));
    String settings = driverSettings();
    if (!settings.isEmpty()) {
      facts.put("Driver settings", settings);
    }
  }

  /** Adds a measured device and its profile. */
  void add(Device device, Explanation plan) {
    facts.put(
        "Device " + device.id(),
        String.format(
            Locale.ROOT,
            "%s; %s, driver %s; %s",
            device.name(),
            device.platform(),
            device.driver(),
            plan.speed()));
  }

  /** Facts by name, in order. */
  Map<String, String> all() {
    return facts;
  }

  /** One line: processor, cores, system. */
  String summary() {
    return Stream.of("Processor", "Cores", "System", "Java")
        .map(name -> String.valueOf(facts.get(name)))
        .collect(Collectors.joining(" · "));
  }

  private static String cores() {
    int cores = Runtime.getRuntime().availableProcessors();
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    String busy = load < 0 ? "" : String.format(Locale.ROOT, " (load %.1f at the start)", load);
    return cores + " cores" + busy;
  }

  /** Environment variables that PoCL reads. */
  private static String driverSettings() {
    return new TreeMap<>(System.getenv())
        .subMap("POCL_", "POCL_~").entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue())
            .collect(Collectors.joining(" "));
  }
}
