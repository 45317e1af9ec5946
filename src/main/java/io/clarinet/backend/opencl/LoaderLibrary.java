package io.clarinet.backend.opencl;

import io.clarinet.file.OperatingSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Looks for the OpenCL library as a file. The binding's native code prints on standard output when
 * it is missing, so this comes before the binding is touched.
 */
final class LoaderLibrary {
  private static final String NAME = "libOpenCL.so";

  private LoaderLibrary() {}

  /** Whether the dynamic linker can be expected to find an OpenCL library. */
  static boolean isPresent() {
    return OperatingSystem.CURRENT != OperatingSystem.LINUX
        || isPresent(Path.of("/"), System.getenv());
  }

  /** Whether a Linux file system under {@code root} has an OpenCL library. */
  static boolean isPresent(Path root, Map<String, String> environment) {
    return find(root, environment).isPresent();
  }

  /** This system's library; empty where it has none, or is not Linux. */
  static Optional<Path> find() {
    return OperatingSystem.CURRENT == OperatingSystem.LINUX
        ? find(Path.of("/"), System.getenv())
        : Optional.empty();
  }

  /** The library's file; only its name where the linker's cache does not tell the folder. */
  static Optional<Path> find(Path root, Map<String, String> environment) {
    return folders(root, environment).stream()
        .flatMap(folder -> Stream.of(folder.resolve(NAME), folder.resolve(NAME + ".1")))
        .filter(Files::exists)
        .findFirst()
        .or(() -> inLinkerCache(root.resolve("etc/ld.so.cache")));
  }

  private static List<Path> folders(Path root, Map<String, String> environment) {
    List<Path> folders = new ArrayList<>();
    for (String folder : environment.getOrDefault("LD_LIBRARY_PATH", "").split(":")) {
      if (!folder.isEmpty()) {
        folders.add(Path.of(folder));
      }
    }
    for (String folder : List.of("lib", "lib64", "usr/lib", "usr/lib64", "usr/local/lib")) {
      folders.add(root.resolve(folder));
    }
    return folders;
  }

  private static Optional<Path> inLinkerCache(Path cache) {
    try {
      String names = new String(Files.readAllBytes(cache), StandardCharsets.ISO_8859_1);
      int at = names.indexOf(NAME);
      return at < 0
          ? Optional.empty()
          : Optional.of(
              Path.of(names.substring(names.lastIndexOf(0, at) + 1, at + NAME.length()) + ".1"));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.of(Path.of(NAME));
    }
  }
}
