package io.clarinet.importer.onnx.proto;

import static io.clarinet.importer.onnx.proto.WireType.DELIMITED;
import static io.clarinet.importer.onnx.proto.WireType.END_GROUP;
import static io.clarinet.importer.onnx.proto.WireType.FIXED32;
import static io.clarinet.importer.onnx.proto.WireType.FIXED64;
import static io.clarinet.importer.onnx.proto.WireType.START_GROUP;
import static io.clarinet.importer.onnx.proto.WireType.VARINT;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;

/**
 * Reads the fields of a message, or the bare numbers of a packed field, from bytes that stay where
 * they are.
 */
public final class WireReader {
  private static final int MAX_DEPTH = 100;
  private static final int MAX_VARINT_BITS = 70;

  private final Iterator<ByteBuffer> further;
  private ByteBuffer in;
  private int tag;

  public WireReader(ByteBuffer bytes) {
    this(List.of(bytes));
  }

  /** Reads one part after the other: a message that is given in parts is all of them merged. */
  WireReader(List<ByteBuffer> parts) {
    further = parts.iterator();
    in = ByteBuffer.allocate(0);
  }

  /** Whether no bytes are left. */
  public boolean isAtEnd() {
    while (!in.hasRemaining() && further.hasNext()) {
      in = further.next().duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }
    return !in.hasRemaining();
  }

  /** The next field's tag, its number above its wire type; 0 at the end. */
  int next() throws WireException {
    tag = isAtEnd() ? 0 : tag();
    return tag;
  }

  private int tag() throws WireException {
    int read = (int) varint();
    if (read >>> WireType.BITS == 0) {
      throw new WireException("a field of number 0");
    }
    return read;
  }

  /** A number in groups of seven bits, the lowest first. */
  public long varint() throws WireException {
    long value = 0;
    for (int shift = 0; shift < MAX_VARINT_BITS; shift += 7) {
      require(1);
      byte next = in.get();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new WireException("a number of more than ten bytes");
  }

  float real() throws WireException {
    require(Float.BYTES);
    return in.getFloat();
  }

  String string() throws WireException {
    return text(payload());
  }

  /** Text in UTF-8, anything else replaced. */
  static String text(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(bytes.position(), copy);
    return new String(copy, StandardCharsets.UTF_8);
  }

  /** Adds the numbers of a packed field. */
  <T> void packed(Element<T> element, List<T> to) throws WireException {
    for (WireReader numbers = new WireReader(payload()); !numbers.isAtEnd(); ) {
      to.add(element.read(numbers));
    }
  }

  /** How one number of a packed field is read. */
  interface Element<T> {
    T read(WireReader in) throws WireException;
  }

  /** A view of the field's own bytes, without its tag and length. */
  ByteBuffer payload() throws WireException {
    if (WireType.of(tag) == DELIMITED) {
      return view(length());
    }
    int start = in.position();
    skip();
    return part(start);
  }

  /** A view whose position is that in the whole file. */
  private ByteBuffer part(int start) {
    return in.duplicate().position(start).limit(in.position());
  }

  private ByteBuffer view(int length) throws WireException {
    advance(length);
    return part(in.position() - length);
  }

  /** One after the other; copied where it is more than one. */
  static ByteBuffer joined(List<ByteBuffer> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    long bytes = parts.stream().mapToLong(ByteBuffer::remaining).sum();
    ByteBuffer joined = ByteBuffer.allocate(Math.toIntExact(bytes));
    parts.forEach(part -> joined.put(part.duplicate()));
    return joined.flip();
  }

  /** Passes over the field. */
  void skip() throws WireException {
    skip(tag, 0);
  }

  private void skip(int skipped, int depth) throws WireException {
    switch (WireType.of(skipped)) {
      case VARINT -> varint();
      case FIXED64 -> advance(Long.BYTES);
      case DELIMITED -> advance(length());
      case START_GROUP -> skipGroup(skipped + END_GROUP - START_GROUP, depth + 1);
      case END_GROUP -> throw new WireException("a group ends that never began");
      case FIXED32 -> advance(Integer.BYTES);
      default -> throw new WireException("a field of the unknown wire type " + (skipped & 7));
    }
  }

  private void skipGroup(int end, int depth) throws WireException {
    if (depth > MAX_DEPTH) {
      throw new WireException("groups nested more than " + MAX_DEPTH + " deep");
    }
    for (int inner = tag(); inner != end; inner = tag()) {
      skip(inner, depth);
    }
  }

  private int length() throws WireException {
    int length = (int) varint();
    if (length < 0) {
      throw new WireException("a field of negative length");
    }
    return length;
  }

  private void advance(int length) throws WireException {
    require(length);
    in.position(in.position() + length);
  }

  private void require(int bytes) throws WireException {
    if (in.remaining() < bytes) {
      throw new WireException("a field goes beyond the end");
    }
  }
}
