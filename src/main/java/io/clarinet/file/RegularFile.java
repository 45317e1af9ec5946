package io.clarinet.file;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reads regular files only: no folders, and no pipes, which would keep a reader waiting. */
public final class RegularFile {
  private RegularFile() {}

  /**
   * Whether a text names something that is there, be it a link that leads nowhere; what is no path
   * here names nothing.
   */
  public static boolean exists(String text) {
    try {
      return Files.exists(Path.of(text), LinkOption.NOFOLLOW_LINKS);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** Reads a result from an open file. */
  @FunctionalInterface
  public interface Reading<T> {
    T of(FileChannel channel) throws IOException;
  }

  /**
   * The result of reading an open file.
   *
   * @throws FileException naming the file and the reason
   */
  public static <T> T read(Path file, Reading<T> reading) throws FileException {
    require(file);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return reading.of(channel);
    } catch (IOException e) {
      throw FileException.reading(file, e);
    }
  }

  /**
   * All bytes of a file.
   *
   * @throws FileException naming the file and the reason
   */
  public static byte[] bytes(Path file) throws FileException {
    return read(file, channel -> Channels.newInputStream(channel).readAllBytes());
  }

  /**
   * Returns if a path leads to a file.
   *
   * @throws FileException naming it and saying what it is instead
   */
  public static void require(Path file) throws FileException {
    try {
      Files.readAttributes(file, "size"); // says why not: missing, forbidden, a loop of links
    } catch (IOException e) {
      throw FileException.reading(file, e);
    }
    if (Files.isDirectory(file)) {
      throw FileException.refused("cannot read ", file, "it is a folder");
    }
    if (!Files.isRegularFile(file)) {
      throw FileException.refused("cannot read ", file, "it is a pipe or a device, not a file");
    }
  }
}
