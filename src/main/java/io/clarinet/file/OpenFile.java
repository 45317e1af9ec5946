package io.clarinet.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * A file that stays open to be read at any place and by any thread, interrupted or not, which would
 * close a channel; closed when it is out of reach.
 */
public final class OpenFile {
  private static final int PART = 1 << 16;
  private final Path path;
  private final RandomAccessFile file;

  /**
   * Opens a file.
   *
   * @throws FileException naming the file and the reason
   */
  public OpenFile(Path path) throws FileException {
    RegularFile.require(path);
    this.path = path;
    try {
      file = new RandomAccessFile(path.toFile(), "r");
    } catch (IOException e) {
      throw FileException.reading(path, e);
    }
  }

  /** The same file as a channel, which an interrupt closes. */
  public FileChannel channel() {
    return file.getChannel();
  }

  /**
   * Fills a buffer on the heap with the bytes from a place on.
   *
   * @throws FileException naming the file and the reason, as that it is shorter by now
   */
  public void read(long at, ByteBuffer to) throws FileException {
    int start = to.arrayOffset() + to.position();
    try {
      for (int done = 0; done < to.remaining(); done += PART) {
        read(at + done, to.array(), start + done, Math.min(PART, to.remaining() - done));
      }
    } catch (EOFException e) {
      throw FileException.invalid(path, "it became shorter while it was open", e);
    } catch (IOException e) {
      throw FileException.reading(path, e);
    }
  }

  private synchronized void read(long at, byte[] to, int start, int count) throws IOException {
    file.seek(at);
    file.readFully(to, start, count);
  }
}
