package io.clarinet.importer;

import io.clarinet.file.FileException;
import io.clarinet.file.RegularFile;
import io.clarinet.importer.ModelFormatException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;

/** Maps a file of weights into memory. */
public final class MappedFile {
  private MappedFile() {}

  /**
   * All bytes of a file of up to 2 GB.
   *
   * @throws ModelFormatException if it is missing, cannot be read or is larger
   */
  public static ByteBuffer map(Path path) {
    return map(path, "larger than 2 GB; split it, or convert it to ONNX");
  }

  /** Maps like {@link #map(Path)}, with the error's text for a larger file. */
  public static ByteBuffer map(Path path, String tooLarge) {
    try {
      return RegularFile.read(path, channel -> map(channel, path, tooLarge));
    } catch (FileException e) {
      throw ModelFormatException.of(e);
    }
  }

  /** Maps like {@link #map(Path, String)}, from an open file. */
  public static ByteBuffer map(FileChannel channel, Path path, String tooLarge) throws IOException {
    if (channel.size() > Integer.MAX_VALUE) {
      throw new ModelFormatException(Kind.UNSUPPORTED, path, tooLarge);
    }
    return map(channel, 0, channel.size());
  }

  /**
   * A part of a file.
   *
   * @throws ModelFormatException if it is missing or cannot be read
   */
  public static ByteBuffer map(Path path, long offset, long length) {
    try {
      return RegularFile.read(path, channel -> map(channel, offset, length));
    } catch (FileException e) {
      throw ModelFormatException.of(e);
    }
  }

  /** A file system that cannot map, as the one of a zip archive, has its bytes copied. */
  private static ByteBuffer map(FileChannel channel, long offset, long length) throws IOException {
    try {
      return channel.map(MapMode.READ_ONLY, offset, length);
    } catch (UnsupportedOperationException e) {
      ByteBuffer bytes = ByteBuffer.allocateDirect((int) length).order(ByteOrder.nativeOrder());
      channel.position(offset);
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
        // reads on
      }
      return bytes.flip().asReadOnlyBuffer();
    }
  }
}
