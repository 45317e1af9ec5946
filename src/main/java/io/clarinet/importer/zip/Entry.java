package io.clarinet.importer.zip;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * An entry of an archive.
 *
 * @param method 0 where it is stored as it is, 8 where it is deflated
 * @param size bytes that it has unpacked, as the archive says
 * @param packed its bytes in the archive
 */
public record Entry(String name, int method, long size, ByteBuffer packed) {
  private static final int STORED = 0;
  private static final int DEFLATED = 8;

  /** The most that deflate makes of a byte, and of an empty stream. */
  private static final int MOST_PER_BYTE = 1032;

  @Override
  public ByteBuffer packed() {
    return packed.duplicate();
  }

  /** Whether its bytes lie in the archive as they are. */
  public boolean isStored() {
    return method == STORED;
  }

  /**
   * Its bytes: a view of the archive where they are stored, else a copy.
   *
   * @param most bytes that it may have
   * @throws IOException if it has more, is damaged, or packed by another method
   */
  public ByteBuffer unpacked(long most) throws IOException {
    if (size > most) {
      throw new IOException(
          "entry \"%s\" unpacks to %d bytes, where %d are allowed".formatted(name, size, most));
    }
    if (isStored()) {
      return packed();
    }
    if (method != DEFLATED) {
      throw new IOException(
          "entry \"%s\" is packed by method %d; pack it by deflate, or not"
              .formatted(name, method));
    }
    if (size > (long) MOST_PER_BYTE * packed.remaining()) {
      throw new IOException("entry \"" + name + "\" lies about its size");
    }
    ByteBuffer bytes = ByteBuffer.allocateDirect(Math.toIntExact(size));
    inflate(bytes);
    return bytes.flip();
  }

  private void inflate(ByteBuffer to) throws IOException {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(packed());
      while (to.hasRemaining() && inflater.inflate(to) > 0) {
        // goes on
      }
      if (to.hasRemaining() || (!inflater.finished() && inflater.inflate(new byte[1]) > 0)) {
        throw new IOException("entry \"" + name + "\" does not unpack to its size");
      }
    } catch (DataFormatException e) {
      throw new IOException("entry \"" + name + "\" is damaged: " + e.getMessage(), e);
    } finally {
      inflater.end();
    }
  }
}
