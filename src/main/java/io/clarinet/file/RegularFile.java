package io.clarinet.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reads files that are files: no folder, and no pipe, which would keep its reader waiting. */
public final class RegularFile {
  private RegularFile() {}

  /** Makes something of an open file. */
  @FunctionalInterface
  public interface Reading<T> {
    T of(FileChannel channel) throws IOException;
  }

  /**
   * What a reading makes of a file.
   *
   * @throws FileException naming the file and the reason
   */
  public static <T> T read(Path file, Reading<T> reading) throws FileException {
    try {
      require(file);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        return reading.of(channel);
      }
    } catch (IOException e) {
      throw FileException.reading(file, e);
    }
  }

  private static void require(Path file) throws IOException {
    if (!Files.exists(file)) {
      Files.readAttributes(file, "size"); // says why: missing, forbidden, a loop of links
      throw new NoSuchFileException(file.toString());
    }
    if (Files.isDirectory(file)) {
      throw FileException.refused("cannot read ", file, "it is a folder");
    }
    if (!Files.isRegularFile(file)) {
      throw FileException.refused("cannot read ", file, "it is a pipe or a device, not a file");
    }
  }
}
