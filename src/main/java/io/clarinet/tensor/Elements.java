package io.clarinet.tensor;

import java.nio.ByteBuffer;

/** Reads and writes single elements of any type in a native-order buffer. */
final class Elements {
  private Elements() {}

  static double doubleAt(ElementType type, ByteBuffer bytes, int i) {
    return switch (type) {
      case FLOAT32 -> bytes.getFloat(4 * i);
      case FLOAT64 -> bytes.getDouble(8 * i);
      case FLOAT16 -> HalfFloat.toFloat(bytes.getShort(2 * i));
      case BFLOAT16 -> HalfFloat.bfloat16(bytes.getShort(2 * i));
      case UINT64 -> {
        long bits = bytes.getLong(8 * i);
        yield bits >= 0 ? bits : ((bits >>> 1) | (bits & 1)) * 2.0;
      }
      default -> longAt(type, bytes, i);
    };
  }

  static long longAt(ElementType type, ByteBuffer bytes, int i) {
    return switch (type) {
      case INT2, INT4, INT8, BOOL, UINT2, UINT4 -> bytes.get(i);
      case UINT8 -> bytes.get(i) & 0xff;
      case INT16 -> bytes.getShort(2 * i);
      case UINT16 -> bytes.getShort(2 * i) & 0xffff;
      case INT32 -> bytes.getInt(4 * i);
      case UINT32 -> bytes.getInt(4 * i) & 0xffffffffL;
      case INT64, UINT64 -> bytes.getLong(8 * i);
      default -> (long) doubleAt(type, bytes, i);
    };
  }

  static void put(ElementType type, ByteBuffer bytes, int i, double value) {
    switch (type) {
      case FLOAT32 -> bytes.putFloat(4 * i, (float) value);
      case FLOAT64 -> bytes.putDouble(8 * i, value);
      case FLOAT16 -> bytes.putShort(2 * i, HalfFloat.fromFloat(HalfFloat.toOdd(value)));
      case BFLOAT16 -> bytes.putShort(2 * i, HalfFloat.toBfloat16(HalfFloat.toOdd(value)));
      case BOOL -> bytes.put(i, (byte) (value != 0 ? 1 : 0));
      default -> put(type, bytes, i, (long) value);
    }
  }

  static void put(ElementType type, ByteBuffer bytes, int i, long value) {
    switch (type) {
      case INT8, UINT8 -> bytes.put(i, (byte) value);
      case UINT2, UINT4 -> bytes.put(i, (byte) (value & ((1 << type.bits()) - 1)));
      case INT2, INT4 -> {
        int unused = Long.SIZE - type.bits();
        bytes.put(i, (byte) (value << unused >> unused));
      }
      case BOOL -> bytes.put(i, (byte) (value != 0 ? 1 : 0));
      case INT16, UINT16 -> bytes.putShort(2 * i, (short) value);
      case INT32, UINT32 -> bytes.putInt(4 * i, (int) value);
      case INT64, UINT64 -> bytes.putLong(8 * i, value);
      default -> put(type, bytes, i, (double) value);
    }
  }
}
