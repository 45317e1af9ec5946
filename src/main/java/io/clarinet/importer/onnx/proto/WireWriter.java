package io.clarinet.importer.onnx.proto;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * Writes fields. A message's length stands before it, so each is gone through twice: first by a
 * writer that only counts.
 */
public final class WireWriter {
  private static final int BUFFER = 1 << 16;

  private final OutputStream out;
  private final boolean counts;
  private long count;

  private WireWriter(OutputStream out, boolean counts) {
    this.out = out;
    this.counts = counts;
  }

  /** Writes a whole message. */
  public static void write(WireMessage message, OutputStream out) throws IOException {
    OutputStream buffered = new BufferedOutputStream(out, BUFFER);
    message.writeTo(new WireWriter(buffered, false));
    buffered.flush();
  }

  /** The bytes that a message takes. */
  public static long size(WireMessage message) throws IOException {
    WireWriter counter = new WireWriter(OutputStream.nullOutputStream(), true);
    message.writeTo(counter);
    return counter.count;
  }

  /** A message by itself. */
  public static byte[] bytes(WireMessage message) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      message.writeTo(new WireWriter(out, false));
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes all bytes", e);
    }
    return out.toByteArray();
  }

  void integer(int tag, long value) throws IOException {
    varint(tag);
    varint(value);
  }

  void real(int tag, float value) throws IOException {
    varint(tag);
    int bits = Float.floatToRawIntBits(value);
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      put(bits >> shift);
    }
  }

  void string(int tag, String value) throws IOException {
    bytes(tag, ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8)));
  }

  void bytes(int tag, ByteBuffer value) throws IOException {
    bytes(tag, value.remaining(), () -> value);
  }

  /** Writes bytes that are made only when it is their turn. */
  public void bytes(int tag, long length, Supplier<ByteBuffer> value) throws IOException {
    delimited(tag, length, to -> Channels.newChannel(to.out).write(value.get().duplicate()));
  }

  /**
   * Writes a message inside of this one.
   *
   * @throws ArithmeticException if it takes more than 2 GB
   */
  public void message(int tag, WireMessage message) throws IOException {
    delimited(tag, size(message), message);
  }

  private void delimited(int tag, long length, WireMessage content) throws IOException {
    if (length > Integer.MAX_VALUE) {
      throw new ArithmeticException(length + " bytes in one field, which may have 2 GB");
    }
    integer(tag, length);
    if (counts) {
      count += length;
    } else {
      content.writeTo(this);
    }
  }

  private void varint(long value) throws IOException {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      put((int) (rest | 0x80));
      rest >>>= 7;
    }
    put((int) rest);
  }

  private void put(int value) throws IOException {
    count++;
    out.write(value);
  }
}
