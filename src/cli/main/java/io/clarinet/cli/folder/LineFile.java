package io.clarinet.cli.folder;

import io.clarinet.file.FileException;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A file that grows by whole lines under a head. What a writer that was killed left behind can be
 * gone on with. One process writes it at a time.
 */
public final class LineFile implements Closeable {
  private final Path file;
  private final FileChannel channel;
  private long lines;

  private LineFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Opens a file, which need not be there, and keeps its whole groups of lines; what follows these
   * is cut off.
   *
   * @param head its first line with its end; empty if it has none
   * @param quoting whether a line may go on over a line's end that stands between quotes
   * @param group lines that are kept together
   * @param all lines of a whole file, whose last group may be smaller
   * @throws FileException if it cannot be written, another process does, or it has more lines
   */
  public static LineFile open(Path file, String head, boolean quoting, int group, long all)
      throws IOException {
    LineFile opened = null;
    try {
      opened =
          new LineFile(
              file,
              FileChannel.open(
                  file,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.READ,
                  StandardOpenOption.WRITE));
      opened.lock();
      opened.keep(head, quoting, group, all);
      return opened;
    } catch (IOException e) {
      if (opened != null) {
        opened.close();
      }
      throw FileException.writing(file, e);
    }
  }

  private void lock() throws IOException {
    boolean own;
    try {
      own = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      own = false;
    }
    if (!own) {
      throw new IOException("another run writes it");
    }
  }

  private void keep(String head, boolean quoting, int group, long all) throws IOException {
    InputStream in = new BufferedInputStream(Channels.newInputStream(channel));
    WholeLines whole = new WholeLines(in, quoting);
    long end = 0;
    for (long found = head.isEmpty() ? 1 : 0; whole.next() != null; found++) {
      if (found > all) {
        throw FileException.invalid(file, "it has lines of more than " + all + " pictures", null);
      }
      if (found % group == 0 || found == all) {
        lines = found;
        end = whole.end();
      }
    }
    channel.truncate(end).position(end);
    if (end == 0) {
      write(head);
    }
  }

  /** Lines that it has, without the head. */
  public long lines() {
    return lines;
  }

  /** Adds lines, each with its end, in one piece. */
  public void append(List<String> more) throws IOException {
    try {
      write(String.join("", more));
      lines += more.size();
    } catch (IOException e) {
      throw FileException.writing(file, e);
    }
  }

  private void write(String text) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
