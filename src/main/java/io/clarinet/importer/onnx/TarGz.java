package io.clarinet.importer.onnx;

import static io.clarinet.tensor.Division.roundUp;

import io.clarinet.file.AtomicFile;
import io.clarinet.file.FileException;
import io.clarinet.file.RegularFile;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks the files of a {@code .tar.gz} archive in POSIX.1-1988 (ustar) or GNU form; links and
 * other special entries are left out.
 */
final class TarGz {
  private static final int BLOCK = 512;
  private static final int MAX_NAME = 1 << 16;
  private final InputStream in;
  private final Path folder;

  private TarGz(InputStream in, Path folder) {
    this.in = in;
    this.folder = folder;
  }

  /**
   * Writes the archive's files below a folder.
   *
   * @throws IOException if the archive cannot be read, or holds an entry that would lie elsewhere
   */
  static void unpack(Path archive, Path folder) throws IOException {
    RegularFile.require(archive);
    try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
        InputStream in = new BufferedInputStream(new GZIPInputStream(file, 1 << 16))) {
      new TarGz(in, folder.toAbsolutePath().normalize()).unpack();
    } catch (EOFException | ZipException e) {
      throw FileException.invalid(archive, "no whole .tar.gz archive: " + e.getMessage(), e);
    } catch (IOException e) {
      throw FileException.reading(archive, e);
    }
  }

  private void unpack() throws IOException {
    String longName = null;
    for (byte[] header = header(); header != null; header = header()) {
      long size = octal(header, 124, 12);
      char type = (char) header[156];
      if (type == 'L') {
        longName = longName(size);
        continue;
      }
      String name = longName == null ? name(header) : longName;
      longName = null;
      if (type == '0' || type == 0) {
        store(name, size);
      } else {
        in.skipNBytes(padded(size));
      }
    }
  }

  /** The next header; null at the end of the archive. */
  private byte @Nullable [] header() throws IOException {
    byte[] header = in.readNBytes(BLOCK);
    if (header.length < BLOCK && header.length > 0) {
      throw new EOFException("it ends in the middle of a header");
    }
    return header.length == 0 || header[0] == 0 ? null : header;
  }

  private String longName(long size) throws IOException {
    if (size > MAX_NAME) {
      throw damaged("it holds a name of " + size + " bytes");
    }
    String name = text(in.readNBytes((int) size), 0, (int) size);
    in.skipNBytes(padded(size) - size);
    return name;
  }

  private static String name(byte[] header) {
    boolean ustar = text(header, 257, 6).startsWith("ustar") && header[262] == 0;
    String prefix = ustar ? text(header, 345, 155) : "";
    return prefix.isEmpty() ? text(header, 0, 100) : prefix + "/" + text(header, 0, 100);
  }

  private void store(String name, long size) throws IOException {
    Path target = folder.resolve(name).normalize();
    if (!target.startsWith(folder) || target.equals(folder)) {
      throw damaged("it holds \"" + name + "\", which would lie elsewhere");
    }
    Path parent = target.getParent();
    Files.createDirectories(parent == null ? folder : parent);
    AtomicFile.write(target, out -> copy(name, size, out));
    in.skipNBytes(padded(size) - size);
  }

  private void copy(String name, long size, OutputStream out) throws IOException {
    byte[] buffer = new byte[1 << 16];
    for (long left = size; left > 0; ) {
      int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (count < 0) {
        throw new EOFException("it ends in the middle of \"" + name + "\"");
      }
      out.write(buffer, 0, count);
      left -= count;
    }
  }

  private static IOException damaged(String reason) {
    return new ZipException(reason);
  }

  private static long padded(long size) {
    return roundUp(size, BLOCK);
  }

  private static String text(byte[] bytes, int from, int length) {
    int end = from;
    while (end < Math.min(bytes.length, from + length) && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, from, end - from, StandardCharsets.UTF_8);
  }

  private long octal(byte[] header, int from, int length) throws IOException {
    try {
      return Long.parseLong(text(header, from, length).trim(), 8);
    } catch (NumberFormatException e) {
      throw damaged("a size is not a number");
    }
  }
}
