package io.clarinet;

import java.io.IOException;
import java.io.InputStream;

/** Fails at every read, as one from a lost connection does. */
public final class BrokenStream extends InputStream {
  private final String reason;

  public BrokenStream(String reason) {
    this.reason = reason;
  }

  @Override
  public int read() throws IOException {
    throw new IOException(reason);
  }

  @Override
  public int read(byte[] to, int from, int length) throws IOException {
    return read();
  }
}
