package io.clarinet.backend;

import io.clarinet.file.FileException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
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
   * $XDG_CACHE_HOME/clarinet} or {@code ~/.cache/clarinet}.
   */
  public static Path standard() {
    String property = System.getProperty("clarinet.cache");
    if (property != null) {
      return of(property);
    }
    String xdg = System.getenv("XDG_CACHE_HOME");
    return xdg != null && !xdg.isEmpty()
        ? of(xdg, "clarinet")
        : of(System.getProperty("user.home"), ".cache", "clarinet");
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
      Path folder = Files.createTempDirectory("clarinet-cache");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
      Notice.say(LOG, reason + "; what is compiled and measured is kept in " + folder + " for now");
      return folder;
    } catch (IOException e) {
      Notice.say(LOG, reason + "; what is compiled and measured is not kept");
      return Path.of(System.getProperty("java.io.tmpdir"), "clarinet-cache");
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      // left to the system's cleaning of temporary folders
    }
  }
}
