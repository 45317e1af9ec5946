package io.clarinet.importer;

import io.clarinet.file.FileException;
import io.clarinet.file.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A file of weights, mapped for those who look at some of it, and a large one open too for those
 * who need all: a page of the map that was touched once stays resident.
 *
 * @param open null for a small file, and for one of another file system, as of a zip archive
 */
public record StoredFile(Path path, ByteBuffer bytes, @Nullable OpenFile open) {
  private static final long LARGE_FILE = 1 << 20;
  private static final int LEAST = 1 << 16; // pages of as much become resident at a touch
  private static final int MOST = 1 << 24; // a small heap has room for it on each packing thread

  /**
   * Opens a file of up to 2 GB.
   *
   * @throws ModelFormatException if it is missing or cannot be read, or, with the text {@code
   *     tooLarge}, if it is larger
   */
  public static StoredFile open(Path path, String tooLarge) {
    boolean isPlain = path.getFileSystem() == FileSystems.getDefault();
    if (!isPlain || path.toFile().length() < LARGE_FILE) {
      return new StoredFile(path, MappedFile.map(path, tooLarge), null);
    }
    try {
      OpenFile open = new OpenFile(path);
      return new StoredFile(path, MappedFile.map(open.channel(), path, tooLarge), open);
    } catch (IOException e) {
      throw ModelFormatException.of(FileException.reading(path, e));
    }
  }

  /** How a view of the map, at its position in it, is read from the file; null for by touch. */
  public @Nullable Consumer<ByteBuffer> reading(ByteBuffer part) {
    OpenFile file = open;
    int at = part.position();
    boolean isRead = part.isDirect() && part.remaining() >= LEAST && part.remaining() <= MOST;
    return file == null || !isRead ? null : room -> read(file, at, room);
  }

  private static void read(OpenFile file, int at, ByteBuffer room) {
    try {
      file.read(at, room);
    } catch (FileException e) {
      throw ModelFormatException.of(e);
    }
  }
}
