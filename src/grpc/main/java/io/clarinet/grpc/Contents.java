package io.clarinet.grpc;

import com.google.protobuf.ByteString;
import io.clarinet.grpc.proto.InferTensorContents;
import io.clarinet.server.http.StatusException;
import io.clarinet.server.model.DataType;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Elements in the message's own types, against those in bytes. */
final class Contents {
  private Contents() {}

  /** Whether there is a type for them. */
  static boolean has(DataType type) {
    return type != DataType.FP16 && type != DataType.BF16;
  }

  /**
   * The elements in bytes, little-endian.
   *
   * @param name of the input
   * @throws StatusException 400 if one is none of its type, or they are of another
   */
  static ByteString bytes(String name, DataType type, InferTensorContents contents) {
    int size = type.type().bytes();
    int count = count(type, contents);
    if (total(contents) != count) {
      throw new StatusException(400, "input " + name + ": contents of another type than " + type);
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(count, size)).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      put(bytes, name, type, contents, i);
    }
    return ByteString.copyFrom(bytes.flip());
  }

  private static int count(DataType type, InferTensorContents contents) {
    return switch (type) {
      case BOOL -> contents.getBoolContentsCount();
      case INT8, INT16, INT32 -> contents.getIntContentsCount();
      case INT64 -> contents.getInt64ContentsCount();
      case UINT8, UINT16, UINT32 -> contents.getUintContentsCount();
      case UINT64 -> contents.getUint64ContentsCount();
      case FP32 -> contents.getFp32ContentsCount();
      case FP64 -> contents.getFp64ContentsCount();
      case FP16, BF16 ->
          throw new StatusException(400, type + " has no contents; it comes as raw_input_contents");
    };
  }

  private static long total(InferTensorContents contents) {
    return (long) contents.getBoolContentsCount()
        + contents.getIntContentsCount()
        + contents.getInt64ContentsCount()
        + contents.getUintContentsCount()
        + contents.getUint64ContentsCount()
        + contents.getFp32ContentsCount()
        + contents.getFp64ContentsCount()
        + contents.getBytesContentsCount();
  }

  private static void put(
      ByteBuffer bytes, String name, DataType type, InferTensorContents from, int i) {
    switch (type) {
      case BOOL -> bytes.put((byte) (from.getBoolContents(i) ? 1 : 0));
      case INT8 -> bytes.put((byte) checked(name, i, from.getIntContents(i), Byte.MIN_VALUE, 127));
      case INT16 ->
          bytes.putShort(
              (short) checked(name, i, from.getIntContents(i), Short.MIN_VALUE, Short.MAX_VALUE));
      case INT32 -> bytes.putInt(from.getIntContents(i));
      case INT64 -> bytes.putLong(from.getInt64Contents(i));
      case UINT8 ->
          bytes.put(
              (byte) checked(name, i, Integer.toUnsignedLong(from.getUintContents(i)), 0, 255));
      case UINT16 ->
          bytes.putShort(
              (short) checked(name, i, Integer.toUnsignedLong(from.getUintContents(i)), 0, 65535));
      case UINT32 -> bytes.putInt(from.getUintContents(i));
      case UINT64 -> bytes.putLong(from.getUint64Contents(i));
      case FP32 -> bytes.putFloat(from.getFp32Contents(i));
      case FP64 -> bytes.putDouble(from.getFp64Contents(i));
      case FP16, BF16 -> throw new IllegalArgumentException(type + " has no contents");
    }
  }

  private static long checked(String name, int i, long value, long least, long most) {
    if (value < least || value > most) {
      throw new StatusException(
          400, "input %s: element %d is not in its type's range".formatted(name, i));
    }
    return value;
  }

  /** A result's elements in its type, which {@link #has} one. */
  static InferTensorContents of(DataType type, Tensor tensor) {
    InferTensorContents.Builder to = InferTensorContents.newBuilder();
    long size = tensor.shape().size();
    for (long i = 0; i < size; i++) {
      switch (type) {
        case BOOL -> to.addBoolContents(tensor.longAt(i) != 0);
        case INT8, INT16, INT32 -> to.addIntContents((int) tensor.longAt(i));
        case INT64 -> to.addInt64Contents(tensor.longAt(i));
        case UINT8, UINT16, UINT32 -> to.addUintContents((int) tensor.longAt(i));
        case UINT64 -> to.addUint64Contents(tensor.longAt(i));
        case FP32 -> to.addFp32Contents((float) tensor.doubleAt(i));
        case FP64 -> to.addFp64Contents(tensor.doubleAt(i));
        case FP16, BF16 -> throw new IllegalArgumentException(type + " has no contents");
      }
    }
    return to.build();
  }

  /** Texts. */
  static InferTensorContents of(List<String> texts) {
    InferTensorContents.Builder to = InferTensorContents.newBuilder();
    texts.forEach(text -> to.addBytesContents(ByteString.copyFromUtf8(text)));
    return to.build();
  }
}
