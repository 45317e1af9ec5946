package io.clarinet.cli.doctor;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The environment variables that drivers, the JVM and Clarinet read. */
final class Environment {
  private static final Pattern READ =
      Pattern.compile(
          "(CLARINET|POCL|OCL|OPENCL|RUSTICL|MESA|CUDA|GPU|ROC|HSA|NEO|IGC)_.*|RUSTICL_ENABLE"
              + "|HF_(?:ENDPOINT|HOME|HUB_CACHE|HUB_OFFLINE)|LD_PRELOAD|LD_LIBRARY_PATH|DYLD_.*|XDG_CACHE_HOME|TMPDIR|JAVA_HOME"
              + "|NO_COLOR|LC_ALL|LANG");

  /** Of options for a JVM, which may hold a password. */
  private static final Set<String> OPTIONS =
      Set.of("CLARINET_JAVA_OPTS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  private static final int LONGEST = 300;

  private Environment() {}

  static Map<String, Object> document(Map<String, String> environment) {
    Map<String, Object> read = new TreeMap<>();
    environment.forEach(
        (name, value) -> {
          if (OPTIONS.contains(name)) {
            read.put(name, cut(JavaFacts.shownAll(value)));
          } else if (READ.matcher(name).matches() && !name.equals("CLARINET_STDOUT_FD")) {
            read.put(name, cut(value));
          }
        });
    return read;
  }

  private static String cut(String value) {
    return value.length() <= LONGEST ? value : value.substring(0, LONGEST) + "…";
  }
}
