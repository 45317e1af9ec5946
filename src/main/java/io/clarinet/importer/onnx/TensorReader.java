package io.clarinet.importer.onnx;

import io.clarinet.importer.onnx.proto.TensorProto;
import io.clarinet.importer.onnx.proto.TensorProto.Numbers;
import io.clarinet.importer.onnx.proto.WireReader;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.HalfFloat;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Tensors of a model file. Data that lie in the file as they would in memory become views; only
 * integers in the variable-length form are decoded, once the declared shape has said how many.
 */
final class TensorReader {
  private static final int MAX_RANK = 64;
  private final ExternalData external;

  TensorReader(ExternalData external) {
    this.external = external;
  }

  /**
   * The tensor.
   *
   * @throws IllegalArgumentException if shape, type and data disagree
   * @throws UnsupportedOperationException if the element type is not supported
   */
  Tensor read(TensorProto proto) throws IOException {
    ElementType type = DataTypes.of(proto.dataType());
    Shape shape = shape(proto.dims());
    if (proto.external()) {
      if (type.bits() < Byte.SIZE) {
        throw new UnsupportedOperationException("element type " + type + " in a file of its own");
      }
      return Tensor.wrap(
          type,
          shape,
          external.map(proto.externalData(), bytes(type, shape)).order(ByteOrder.LITTLE_ENDIAN));
    }
    if (type.bits() < Byte.SIZE) {
      return unpacked(type, shape, proto);
    }
    if (proto.rawData() != null) {
      return view(type, shape, proto.rawData()).readBy(external.reading(proto.rawData()));
    }
    return switch (type) {
      case FLOAT32 -> view(type, shape, proto.numbers(Numbers.FLOAT));
      case FLOAT64 -> view(type, shape, proto.numbers(Numbers.DOUBLE));
      case INT64 -> decoded(type, shape, proto.numbers(Numbers.INT64));
      case UINT32, UINT64 -> decoded(type, shape, proto.numbers(Numbers.UINT64));
      default -> decoded(type, shape, proto.numbers(Numbers.INT32));
    };
  }

  /** The shape of a tensor's extents. */
  static Shape shape(List<Long> dims) {
    if (dims.size() > MAX_RANK) {
      throw new IllegalArgumentException("a tensor of rank " + dims.size());
    }
    return Shape.of(dims.stream().mapToLong(Long::longValue).toArray());
  }

  private static long bytes(ElementType type, Shape shape) {
    return Math.multiplyExact(shape.size(), (long) type.bytes());
  }

  /** Several elements to a byte, the first in the lowest bits. */
  private static Tensor unpacked(ElementType type, Shape shape, TensorProto proto)
      throws IOException {
    int each = Byte.SIZE / type.bits();
    long bytes = shape.size() / each + (shape.size() % each == 0 ? 0 : 1);
    Shape packed = Shape.of(bytes);
    Tensor source =
        proto.rawData() != null
            ? view(ElementType.UINT8, packed, proto.rawData())
            : decoded(ElementType.UINT8, packed, proto.numbers(Numbers.INT32));
    Tensor tensor = Tensor.zeros(type, shape);
    for (long i = 0; i < shape.size(); i++) {
      tensor.set(i, source.longAt(i / each) >> (i % each * type.bits()));
    }
    return tensor;
  }

  private static Tensor view(ElementType type, Shape shape, ByteBuffer data) {
    return Tensor.wrap(type, shape, data.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN));
  }

  private static Tensor decoded(ElementType type, Shape shape, ByteBuffer data) throws IOException {
    if (shape.size() > data.remaining()) {
      throw new IllegalArgumentException(
          type + " " + shape + " needs " + shape.size() + " elements, and holds fewer");
    }
    Tensor tensor = Tensor.zeros(type, shape);
    WireReader in = new WireReader(data);
    for (long i = 0; i < shape.size(); i++) {
      if (in.isAtEnd()) {
        throw new IllegalArgumentException(
            type + " " + shape + " needs " + shape.size() + " elements, got " + i);
      }
      store(tensor, i, in.varint());
    }
    if (!in.isAtEnd()) {
      throw new IllegalArgumentException(type + " " + shape + " holds more elements than that");
    }
    return tensor;
  }

  /** 16-bit floats are stored as their bits. */
  private static void store(Tensor tensor, long i, long value) {
    switch (tensor.type()) {
      case FLOAT16 -> tensor.set(i, (double) HalfFloat.toFloat((short) value));
      case BFLOAT16 -> tensor.set(i, (double) Float.intBitsToFloat((int) value << 16));
      default -> tensor.set(i, value);
    }
  }
}
