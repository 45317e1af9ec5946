package io.clarinet.launcher;

import io.clarinet.file.OperatingSystem;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What decides how a JVM for commands is started.
 *
 * @param java the version, such as 17
 * @param given the options of this JVM, in the order in which they count
 * @param mayPin whether this process may use all processors, numbered from 0 without a gap
 * @param share the processors that it may use where these are not all of the machine; else 0
 */
record Host(
    OperatingSystem system,
    int java,
    Path javaHome,
    List<String> given,
    Map<String, String> environment,
    boolean mayPin,
    int share) {
  /** Variables whose options a JVM counts among those that it was given. */
  static final Set<String> OPTION_VARIABLES =
      Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  private static final Pattern LISTENS =
      Pattern.compile(
          "-agentlib:jdwp.*|-Xrunjdwp.*|-Dcom\\.sun\\.management\\.jmxremote\\.port=.*");

  static Host current() {
    return new Host(
        OperatingSystem.CURRENT,
        Runtime.version().feature(),
        Path.of(System.getProperty("java.home")),
        options(),
        System.getenv(),
        Processors.allAllowed(),
        Processors.share());
  }

  /** The options of the variable that the launcher reads too. */
  List<String> further() {
    String text = environment.getOrDefault("CLARINET_JAVA_OPTS", "").strip();
    return text.isEmpty() ? List.of() : List.of(text.split("\\s+", -1));
  }

  /** Whether the options have this JVM listen on a port, which no second one could then do. */
  boolean listens() {
    return given.stream().anyMatch(option -> LISTENS.matcher(option).matches());
  }

  /** This JVM's options; it is asked only where there can be any, since that takes 40 ms. */
  private static List<String> options() {
    boolean none =
        OPTION_VARIABLES.stream().noneMatch(System.getenv()::containsKey)
            && ProcessHandle.current().info().arguments().filter(Host::beginWithJar).isPresent();
    return none ? List.of() : ManagementFactory.getRuntimeMXBean().getInputArguments();
  }

  private static boolean beginWithJar(String... arguments) {
    return arguments.length > 0 && arguments[0].equals("-jar");
  }
}
