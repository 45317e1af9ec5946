package io.clarinet.importer;

import io.clarinet.importer.ModelFormatException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Maps a file of weights into memory. */
public final class MappedFile {
  private MappedFile() {}

  /**
   * All bytes of a file of up to 2 GB.
   *
   * @throws ModelFormatException if it is missing, cannot be read or is larger
   */
  public static ByteBuffer map(Path path) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size > Integer.MAX_VALUE) {
        throw new ModelFormatException(
            Kind.UNSUPPORTED, path, "larger than 2 GB; split it, or convert it to ONNX");
      }
      return channel.map(MapMode.READ_ONLY, 0, size);
    } catch (NoSuchFileException e) {
      throw new ModelFormatException(Kind.NOT_FOUND, path, "no such file", e);
    } catch (FileSystemException e) {
      throw new ModelFormatException(Kind.NOT_FOUND, path, "cannot be read", e);
    } catch (IOException e) {
      throw new ModelFormatException(Kind.INVALID, path, String.valueOf(e.getMessage()), e);
    }
  }
}
