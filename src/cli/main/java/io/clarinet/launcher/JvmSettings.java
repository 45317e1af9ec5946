package io.clarinet.launcher;

import io.clarinet.file.OperatingSystem;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Options of a JVM, and environment variables.
 *
 * @param options in the order in which they count
 */
record JvmSettings(List<String> options, Map<String, String> variables) {
  /** The newest version of Java on which {@link #VECTORS} was tried. */
  private static final int NEWEST_TRIED = 25;

  /**
   * Lets the Vector API be loaded when it is used, without the warning of {@code --add-modules}.
   */
  private static final String VECTORS = "--add-exports=java.base/jdk.internal.module=ALL-UNNAMED";

  /** Memory by the user's measure, to which no size of ours would fit. */
  private static final String MEMORY =
      "-Xm[sx]|-XX:(Initial|Max|Min)HeapSize=|-XX:\\w+RAMPercentage=";

  private static final String VECTOR_MODULE = "jdk.incubator.vector";
  private static final String PRELOAD = "LD_PRELOAD";
  private static final String SEARCH_PATH = "LD_LIBRARY_PATH";
  private static final String PIN = "POCL_AFFINITY";

  private static final List<String> IDLE =
      List.of(
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:GuaranteedSafepointInterval=0",
          "-XX:AsyncDeflationInterval=10000");

  /** PoCL's number of threads, by the name that all versions know and that of 5 and newer. */
  private static final List<String> COUNTS =
      List.of("POCL_MAX_PTHREAD_COUNT", "POCL_CPU_MAX_CU_COUNT");

  /**
   * An option, and those in whose presence it is not needed.
   *
   * @param answered the beginnings of options that answer the same question
   */
  private record Wish(String option, Pattern answered) {
    Wish(String option, String answered) {
      this(option, Pattern.compile("(" + answered + ").*"));
    }

    boolean isOpen(List<String> given) {
      return given.stream().noneMatch(each -> answered.matcher(each).matches());
    }
  }

  /** What a JVM for commands needs and this one lacks. */
  static JvmSettings missing(Host host) {
    return missing(host, "");
  }

  /** What a JVM for one command needs and this one lacks. */
  static JvmSettings missing(Host host, String command) {
    List<String> further = host.further();
    List<String> theirs = Stream.of(further, host.given()).flatMap(List::stream).toList();
    Stream<String> ours =
        Stream.concat(
                command.equals("serve")
                    ? serverWishes(host)
                    : Stream.of(new Wish("-Xms64m", MEMORY)),
                wishes(host))
            .filter(wish -> wish.isOpen(theirs))
            .map(Wish::option);
    return new JvmSettings(Stream.concat(ours, further.stream()).toList(), variables(host));
  }

  boolean isNone() {
    return options.isEmpty() && variables.isEmpty();
  }

  private static Stream<Wish> wishes(Host host) {
    List<Wish> wishes = new ArrayList<>();
    wishes.add(new Wish("-XX:+UseSerialGC", "-XX:\\+Use\\w+GC"));
    wishes.add(new Wish("-XX:-UsePerfData", "-XX:[+-]UsePerfData"));
    wishes.add(new Wish("-XX:MaxDirectMemorySize=64g", "-XX:MaxDirectMemorySize="));
    wishes.add(new Wish("-Djava.awt.headless=true", "-Djava\\.awt\\.headless="));
    if (host.java() >= 22) {
      wishes.add(new Wish("--enable-native-access=ALL-UNNAMED", "--enable-native-access="));
    }
    if (host.java() <= NEWEST_TRIED) {
      wishes.add(new Wish(VECTORS, VECTORS + "|--add-modules=.*" + VECTOR_MODULE));
    } else if (java.lang.module.ModuleFinder.ofSystem().find(VECTOR_MODULE).isPresent()) {
      wishes.add(new Wish("--add-modules=" + VECTOR_MODULE, "--add-modules=.*" + VECTOR_MODULE));
    }
    return wishes.stream();
  }

  /**
   * The bodies of requests under way die young, if there is room for them; where nothing is to do,
   * a JVM looks for monitors to free each 10 s, not four times a second.
   */
  private static Stream<Wish> serverWishes(Host host) {
    List<Wish> wishes = new ArrayList<>();
    wishes.add(new Wish("-Xms256m", MEMORY));
    wishes.add(
        new Wish("-Xmn192m", MEMORY + "|-Xmn|-XX:(Max)?New\\w+=|-XX:\\+Use(?!Serial)\\w+GC"));
    if (host.java() <= NEWEST_TRIED) {
      IDLE.forEach(
          option -> wishes.add(new Wish(option, Pattern.quote(option.replaceFirst("=.*", "")))));
    }
    return wishes.stream();
  }

  private static Map<String, String> variables(Host host) {
    Map<String, String> variables = new LinkedHashMap<>();
    if (host.share() > 0 && COUNTS.stream().noneMatch(host.environment()::containsKey)) {
      variables.put(COUNTS.get(0), Integer.toString(host.share()));
    } else if (host.share() == 0 && host.mayPin() && !host.environment().containsKey(PIN)) {
      variables.put(PIN, "1");
    }
    if (host.system() == OperatingSystem.LINUX) {
      preload(host, variables);
    }
    return variables;
  }

  /**
   * PoCL before 4.0 replaces the JVM's signal handlers unless the JDK's libjsig was loaded before
   * both. The variable cannot name a path with a space or colon; a search path can hold a space.
   */
  private static void preload(Host host, Map<String, String> variables) {
    Path library = host.javaHome().resolve("lib").resolve("libjsig.so");
    String preloaded = host.environment().getOrDefault(PRELOAD, "");
    String path = library.toString();
    if (preloaded.contains("libjsig") || path.contains(":") || !Files.isRegularFile(library)) {
      return;
    }
    boolean spaced = path.chars().anyMatch(Character::isWhitespace);
    if (spaced) {
      String searched = host.environment().getOrDefault(SEARCH_PATH, "");
      variables.put(SEARCH_PATH, joined(String.valueOf(library.getParent()), searched));
    }
    variables.put(PRELOAD, joined(preloaded, spaced ? "libjsig.so" : path));
  }

  private static String joined(String first, String second) {
    return first.isEmpty() || second.isEmpty()
        ? first + second
        : first + File.pathSeparator + second;
  }
}
