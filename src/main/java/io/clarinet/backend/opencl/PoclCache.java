package io.clarinet.backend.opencl;

import io.clarinet.backend.CacheFolder;
import io.clarinet.file.FileException;
import io.clarinet.file.OperatingSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder in which PoCL keeps what it compiles. Where it cannot write there it has no device,
 * and where there is no space left its compiler ends the process. A JVM cannot change the
 * environment that names the folder.
 */
public final class PoclCache {
  /** More than the compiler writes for one program. */
  private static final long LEAST_BYTES = 16 << 20;

  private static final String REMEDY =
      "; start Java with POCL_CACHE_DIR set to a folder that has 16 MB free";

  private PoclCache() {}

  /** The reason why PoCL cannot compile; empty if it can. */
  static String trouble() {
    return folder(OperatingSystem.CURRENT, System.getenv()).map(PoclCache::trouble).orElse("");
  }

  /** The cache folder by PoCL's own rules; empty where Java cannot name it. */
  static Optional<Path> folder(OperatingSystem system, Map<String, String> environment) {
    String own = environment.getOrDefault("POCL_CACHE_DIR", "");
    try {
      if (!own.isEmpty()) {
        return Optional.of(Path.of(own));
      }
      return system == OperatingSystem.WINDOWS
          ? Stream.of("LOCALAPPDATA", "TEMP")
              .flatMap(name -> Stream.ofNullable(environment.get(name)))
              .findFirst()
              .map(folder -> Path.of(folder, "pocl"))
          : Optional.of(unixFolder(environment));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Path unixFolder(Map<String, String> environment) {
    String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
    String home = environment.getOrDefault("HOME", "");
    if (!xdg.isEmpty()) {
      return Path.of(xdg, "pocl", "kcache");
    }
    return home.isEmpty()
        ? Path.of("/tmp", "pocl", "kcache")
        : Path.of(home, ".cache", "pocl", "kcache");
  }

  /** The reason why PoCL cannot compile into a folder; empty if it can. */
  static String trouble(Path folder) {
    try {
      CacheFolder.requireWritable(folder);
      return shortage(folder, LEAST_BYTES);
    } catch (FileException e) {
      return "its cache fails: " + e.getMessage() + REMEDY;
    }
  }

  /** A message that space is short; empty if it is enough. */
  static String shortage() {
    return folder(OperatingSystem.CURRENT, System.getenv())
        .map(folder -> shortage(folder, LEAST_BYTES))
        .orElse("");
  }

  static String shortage(Path folder, long least) {
    try {
      long free = Files.getFileStore(folder).getUsableSpace();
      return free >= least
          ? ""
          : "only " + (free >> 10) + " kB are free for its cache " + folder + REMEDY;
    } catch (IOException e) {
      return "";
    }
  }
}
