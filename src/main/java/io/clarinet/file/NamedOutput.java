package io.clarinet.file;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** A stream whose failures name the file: the system itself says only that the disk is full. */
final class NamedOutput extends FilterOutputStream {
  private final Path file;

  NamedOutput(OutputStream out, Path file) {
    super(out);
    this.file = file;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    try {
      out.write(bytes, from, length);
    } catch (IOException e) {
      throw FileException.writing(file, e);
    }
  }
}
