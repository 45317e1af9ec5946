package io.clarinet.cli.doctor;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.clarinet.diagnosis.Installation;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** This JVM, and those of its options that Clarinet depends on. */
final class JavaFacts {
  /** The first version that asks for leave before native code is called. */
  private static final int NATIVE_ACCESS = 22;

  /** Options whose values are no secrets; others are named only. */
  private static final Pattern OPEN =
      Pattern.compile("-X.*|--.*|-D(clarinet\\.|java\\.awt\\.headless|java\\.io\\.tmpdir).*");

  private JavaFacts() {}

  static Map<String, Object> document() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put(
        "jvm",
        System.getProperty("java.vm.name")
            + " "
            + System.getProperty("java.runtime.version", System.getProperty("java.version")));
    facts.put("vendor", System.getProperty("java.vendor"));
    facts.put("vector_floats", Installation.vectorFloats());
    facts.put("native_access", nativeAccess());
    facts.put("signals_protected", Installation.signalsProtected());
    facts.put("largest_heap_bytes", Runtime.getRuntime().maxMemory());
    facts.put("direct_memory_bytes", directMemory());
    facts.put(
        "options",
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .map(JavaFacts::shown)
            .toList());
    return facts;
  }

  /** Whether native code may be called without a warning. */
  static boolean nativeAccess() {
    if (Runtime.version().feature() < NATIVE_ACCESS) {
      return true;
    }
    try {
      return (boolean)
          Module.class.getMethod("isNativeAccessEnabled").invoke(JavaFacts.class.getModule());
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  /** The most memory outside of the heap that Java hands out; as much as the heap if not given. */
  private static long directMemory() {
    try {
      String given =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
              .getVMOption("MaxDirectMemorySize")
              .getValue();
      long bytes = Long.parseLong(given);
      return bytes == 0 ? Runtime.getRuntime().maxMemory() : bytes;
    } catch (IllegalArgumentException | NullPointerException | LinkageError e) {
      return -1;
    }
  }

  /** An option without what may be a secret. */
  static String shown(String option) {
    int value = option.indexOf('=');
    return OPEN.matcher(option).matches() || value < 0 ? option : option.substring(0, value) + "=…";
  }

  /** A text of several options, as environment variables hold it. */
  static String shownAll(String options) {
    return List.of(options.strip().split("\\s+", -1)).stream()
        .map(JavaFacts::shown)
        .reduce((a, b) -> a + " " + b)
        .orElse("");
  }
}
