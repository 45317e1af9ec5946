package io.clarinet.importer.hdf5;

import io.clarinet.importer.hdf5.Datatype.Kind;
import io.clarinet.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A named value of an object (section IV.A.2.m of the specification).
 *
 * @param at where its elements begin
 */
record Attribute(String name, Datatype type, Shape shape, long at) {
  private static final int LONG_TEXT_BYTES = 16;

  static Attribute read(Bytes bytes, ObjectHeader.Message message) {
    long at = message.at();
    int version = bytes.u8(at);
    if (version < 1 || version > 3 || (version > 1 && (bytes.u8(at + 1) & 3) != 0)) {
      throw new IllegalArgumentException("an attribute of form " + version);
    }
    int step = version == 1 ? 8 : 1;
    long name = at + (version == 3 ? 9 : 8);
    long type = name + padded(bytes.u16(at + 2), step);
    long space = type + padded(bytes.u16(at + 4), step);
    return new Attribute(
        bytes.text(name, bytes.u16(at + 2)),
        Datatype.read(bytes, type),
        Dataspace.read(bytes, space),
        space + padded(bytes.u16(at + 6), step));
  }

  private static long padded(int length, int step) {
    return (length + step - 1L) / step * step;
  }

  /** The texts that it holds; none if it holds anything else. */
  List<String> texts(Bytes bytes) {
    List<String> texts = new ArrayList<>();
    if (type.kind() == Kind.TEXT || type.kind() == Kind.LONG_TEXT) {
      for (long i = 0; i < shape.size(); i++) {
        bytes.step();
        texts.add(
            type.kind() == Kind.TEXT
                ? bytes.text(at + i * type.size(), type.size())
                : longText(bytes, at + i * LONG_TEXT_BYTES));
      }
    }
    return texts;
  }

  /** Length, address of a heap, and index in it. */
  private static String longText(Bytes bytes, long at) {
    long length = bytes.u32(at);
    return length == 0
        ? ""
        : bytes.text(heapObject(bytes, bytes.i64(at + 4), bytes.u32(at + 12)), length);
  }

  /** The start of an object of a global heap (section III.E). */
  private static long heapObject(Bytes bytes, long heap, long index) {
    bytes.requireSignature(heap, "GCOL");
    long end = heap + Math.min(bytes.i64(heap + 8), bytes.size());
    long next = heap + 16;
    while (next + 16 <= end) {
      bytes.step();
      if (bytes.u16(next) == index) {
        return next + 16;
      }
      long size = bytes.i64(next + 8);
      if (size < 0 || size > bytes.size()) {
        break;
      }
      next += 16 + (size + 7) / 8 * 8;
    }
    throw new IllegalArgumentException("a text is not where it should be");
  }
}
