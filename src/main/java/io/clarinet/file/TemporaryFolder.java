package io.clarinet.file;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A folder that is removed when it is closed, as far as the system lets: Windows removes no file
 * that is mapped.
 */
public final class TemporaryFolder implements Closeable {
  private final Path path;

  private TemporaryFolder(Path path) {
    this.path = path;
  }

  /** A new one, named after what it is for. */
  public static TemporaryFolder create(String name) throws IOException {
    return new TemporaryFolder(Files.createTempDirectory(name));
  }

  /** The folder. */
  public Path path() {
    return path;
  }

  /** Removes it with all that is in it; what cannot be removed is left to the system. */
  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(path)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      // left to the system's cleaning of temporary folders
    }
  }
}
