package io.clarinet.backend;

import io.clarinet.file.FileException;
import io.clarinet.file.OperatingSystem;
import io.clarinet.file.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder for data kept from one start to the next. Where it cannot be written, a temporary one
 * takes its place until this process ends, with one message.
 */
public final class CacheFolder {
  private static final Logger LOG = LoggerFactory.getLogger(CacheFolder.class);
  private static final Map<List<String>, Path> CHOSEN = new HashMap<>();
  private static final int SOME_BYTES = 4096;

  private CacheFolder() {}

  /**
   * The folder of Clarinet: what the system property {@code clarinet.cache} names, else {@code
   * clarinet} in {@code $XDG_CACHE_HOME} or where the system keeps caches: {@code ~/.cache}, {@code
   * ~/Library/Caches} of macOS, {@code %LOCALAPPDATA%} of Windows.
   */
  public static Path standard() {
    return of(parts());
  }

  /** The parts of its path, whether or not it can be written. */
  public static List<String> parts() {
    String property = System.getProperty("clarinet.cache");
    return property != null
        ? List.of(property)
        : standard(OperatingSystem.CURRENT, System.getenv(), System.getProperty("user.home"));
  }

  private static Path of(List<String> names) {
    return of(names.get(0), names.subList(1, names.size()).toArray(String[]::new));
  }

  /** The folder's names by the custom of a system. */
  static List<String> standard(
      OperatingSystem system, Map<String, String> environment, String home) {
    String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
    String local = environment.getOrDefault("LOCALAPPDATA", "");
    if (!xdg.isEmpty()) {
      return List.of(xdg, "clarinet");
    }
    if (system == OperatingSystem.WINDOWS && !local.isEmpty()) {
      return List.of(local, "clarinet");
    }
    return system == OperatingSystem.MACOS
        ? List.of(home, "Library", "Caches", "clarinet")
        : List.of(home, ".cache", "clarinet");
  }

  /**
   * The folder of this name, or the temporary one in its place; the parts are as {@link Path#of}
   * joins.
   */
  public static synchronized Path of(String first, String... more) {
    return CHOSEN.computeIfAbsent(
        Stream.concat(Stream.of(first), Stream.of(more)).toList(), name -> choose(first, more));
  }

  private static Path choose(String first, String... more) {
    try {
      Path folder = Path.of(first, more);
      requireWritable(folder);
      return folder;
    } catch (FileException e) {
      return temporary(String.valueOf(e.getMessage()));
    } catch (InvalidPathException e) {
      return temporary("cannot write " + first + ": the locale has no such characters");
    }
  }

  /**
   * Checks by writing a little: nothing else shows full disks, and folders that even root may not
   * write.
   */
  public static void requireWritable(Path folder) throws FileException {
    try {
      Files.createDirectories(folder);
      Path probe = Files.createTempFile(folder, "probe", ".part");
      try {
        Files.write(probe, new byte[SOME_BYTES]);
      } finally {
        Files.deleteIfExists(probe);
      }
    } catch (IOException e) {
      throw FileException.writing(folder, e);
    }
  }

  private static Path temporary(String reason) {
    try {
      TemporaryFolder folder = TemporaryFolder.create("clarinet-cache");
      Runtime.getRuntime().addShutdownHook(new Thread(folder::close));
      Notice.say(
          LOG, reason + "; what is compiled and measured is kept in " + folder.path() + " for now");
      return folder.path();
    } catch (IOException e) {
      Notice.say(LOG, reason + "; what is compiled and measured is not kept");
      return Path.of(System.getProperty("java.io.tmpdir"), "clarinet-cache");
    }
  }
}
