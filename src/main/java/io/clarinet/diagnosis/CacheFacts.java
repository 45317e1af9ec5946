package io.clarinet.diagnosis;

import io.clarinet.backend.CacheFolder;
import io.clarinet.backend.opencl.OpenClFiles;
import io.clarinet.file.FileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder for what is kept from one start to the next.
 *
 * @param of whose it is
 * @param trouble why it cannot be written; empty if it can
 * @param files number of files in it, {@value #MOST_FILES} at most
 * @param freeBytes room that is left where it lies; -1 if the system does not tell
 */
public record CacheFacts(
    String of, String folder, String trouble, long files, long bytes, long freeBytes) {
  private static final int MOST_FILES = 100_000;

  /** Clarinet's own, and PoCL's where that is installed. */
  public static List<CacheFacts> all() {
    List<CacheFacts> all = new ArrayList<>();
    List<String> own = CacheFolder.parts();
    try {
      all.add(
          of("Clarinet", Path.of(own.get(0), own.subList(1, own.size()).toArray(String[]::new))));
    } catch (InvalidPathException e) {
      all.add(new CacheFacts("Clarinet", own.get(0), String.valueOf(e.getMessage()), 0, 0, -1));
    }
    if (OpenClFiles.drivers().values().stream().anyMatch(driver -> driver.contains("pocl"))) {
      OpenClFiles.poclCache().ifPresent(folder -> all.add(of("PoCL", folder)));
    }
    return all;
  }

  private static CacheFacts of(String whose, Path folder) {
    String trouble = "";
    try {
      CacheFolder.requireWritable(folder);
    } catch (FileException e) {
      trouble = String.valueOf(e.getMessage());
    }
    List<Path> files = files(folder);
    return new CacheFacts(
        whose,
        folder.toString(),
        trouble,
        files.size(),
        files.stream().mapToLong(file -> file.toFile().length()).sum(),
        free(folder));
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).limit(MOST_FILES).toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }

  private static long free(Path folder) {
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      return -1;
    }
  }
}
