package io.clarinet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What only some operating systems have stands in few files, each of which goes on without it.
 * Neither Windows nor macOS runs these tests, so the kind is forbidden.
 */
class PlatformTest {
  /**
   * What is forbidden, and the files that may have it, since they do without where it is missing.
   */
  private static final Map<String, Set<String>> FORBIDDEN =
      Map.ofEntries(
          Map.entry(
              "\"/(proc|sys|etc|dev|bin|tmp|usr|var|home)\\b",
              Set.of(
                  "Binding", // an unpacked library stays where there is no list of mappings
                  "Console", // only what a shell handed over is opened there
                  "Child", // a shell that is not there is not used
                  "DriverFiles", // no folder of ICD files is an empty one
                  "JvmSignals", // no list of mappings counts as no libjsig
                  "PoclCache", // PoCL's own rule, for systems that have it
                  "Privacy", // a machine's name is asked of Java too
                  "Processor", // elsewhere what is kept is not told apart by kinds of processors
                  "Processors", // processors that are not told are not pinned
                  "SystemFacts", // unknown facts are left out
                  "Terminal")), // descriptors without links are asked of Java's console
          Map.entry("Path\\.of\\(\"/\"\\)", Set.of("LoaderLibrary", "DriverFiles")), // Linux only
          Map.entry("\\bPosix\\w+", Set.of("AtomicFile")), // a file system may have no such view
          Map.entry("\"(unix|posix|dos):", Set.of()),
          Map.entry(
              "\"(os\\.name|user\\.home)\"",
              Set.of("OperatingSystem", "CacheFolder", "Privacy", "SystemFacts")),
          Map.entry(
              "\"(HOME|XDG_CACHE_HOME|TMPDIR|LOCALAPPDATA)\"",
              Set.of("CacheFolder", "PoclCache", "Privacy")),
          Map.entry(
              "\"LD_\\w+\"", Set.of("ChildJvm", "JvmSettings", "LoaderLibrary")), // Linux only
          Map.entry("\"java\\.io\\.tmpdir\"", Set.of("CacheFolder")), // where no folder can be made
          Map.entry(
              "new ProcessBuilder|\\.exec\\(",
              Set.of(
                  "Child",
                  "ChildJvm",
                  "Interview",
                  "WidthProcess")), // all but the first start java
          Map.entry("defaultCharset|new (FileReader|FileWriter)\\(|\\.getBytes\\(\\)", Set.of()),
          // a text asked for that may be no path: of Windows, the zoo's names are none
          Map.entry("Files\\.(exists|is\\w+)\\(\\s*Path\\.of\\(", Set.of("RegularFile")),
          // a path's text taken apart, or made from parts
          Map.entry("toString\\(\\)\\.(split|lastIndexOf|indexOf)\\(", Set.of()),
          Map.entry("\\.resolve\\([^()]*\\+ *\"/", Set.of()),
          Map.entry("File\\.(separator|pathSeparator)\\b", Set.of("JavaProgram", "JvmSettings")));

  private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|(?m)//.*$");

  /** The Java files of all modules that ship. */
  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      return files
          .filter(file -> file.toString().matches("src.((cli).)?main.java.*[.]java"))
          .toList();
    }
  }

  private static String code(Path file) {
    try {
      return COMMENT.matcher(Files.readString(file)).replaceAll("");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString().replace(".java", "");
  }

  @Test
  void whatOneSystemHasStandsWhereTheOthersAreThoughtOf() throws IOException {
    List<Path> sources = sources();
    assertThat(sources).hasSizeGreaterThan(100);
    Map<String, Set<String>> found = new TreeMap<>();
    FORBIDDEN
        .keySet()
        .forEach(pattern -> found.put(pattern, having(Pattern.compile(pattern), sources)));
    assertThat(found).isEqualTo(new TreeMap<>(FORBIDDEN));
  }

  /** The names of the files that have something. */
  private static Set<String> having(Pattern pattern, List<Path> files) {
    return files.stream()
        .filter(file -> pattern.matcher(code(file)).find())
        .map(PlatformTest::name)
        .collect(Collectors.toSet());
  }
}
