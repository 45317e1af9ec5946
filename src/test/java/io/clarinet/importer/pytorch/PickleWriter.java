package io.clarinet.importer.pytorch;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes pickles opcode by opcode, sound or not; the names are those of pickletools. */
final class PickleWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** Raw bytes; characters stand for their codes. */
  PickleWriter raw(int... bytes) {
    for (int b : bytes) {
      out.write(b);
    }
    return this;
  }

  PickleWriter raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  PickleWriter proto() {
    return raw(0x80, 2);
  }

  PickleWriter mark() {
    return raw('(');
  }

  PickleWriter tuple() {
    return raw('t');
  }

  PickleWriter emptyDict() {
    return raw('}');
  }

  PickleWriter setItems() {
    return raw('u');
  }

  PickleWriter reduce() {
    return raw('R');
  }

  PickleWriter none() {
    return raw('N');
  }

  PickleWriter put(int index) {
    return raw('q', index);
  }

  PickleWriter get(int index) {
    return raw('h', index);
  }

  PickleWriter global(String module, String name) {
    return raw(('c' + module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
  }

  PickleWriter integer(long value) {
    if (value == (int) value) {
      return raw('J').raw(little(4, value));
    }
    return raw(0x8a, 8).raw(little(8, value));
  }

  PickleWriter text(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    return raw('X').raw(little(4, bytes.length)).raw(bytes);
  }

  PickleWriter integers(long... values) {
    mark();
    for (long value : values) {
      integer(value);
    }
    return tuple();
  }

  PickleWriter orderedDict() {
    return global("collections", "OrderedDict").raw(')').reduce();
  }

  /** A reference to a storage, as a persistent id. */
  PickleWriter storage(String type, String key, long count) {
    return mark()
        .text("storage")
        .global("torch", type)
        .text(key)
        .text("cpu")
        .integer(count)
        .tuple()
        .raw('Q');
  }

  /** A tensor over a storage. */
  PickleWriter tensor(
      String type, String key, long count, long offset, long[] size, long[] strides) {
    return global("torch._utils", "_rebuild_tensor_v2")
        .mark()
        .storage(type, key, count)
        .integer(offset)
        .integers(size)
        .integers(strides)
        .raw(0x89)
        .orderedDict()
        .tuple()
        .reduce();
  }

  byte[] stop() {
    return raw('.').bytes();
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  static byte[] little(int count, long value) {
    byte[] bytes = new byte[8];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(value);
    return java.util.Arrays.copyOf(bytes, count);
  }
}
