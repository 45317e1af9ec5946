package io.clarinet.importer.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import io.clarinet.importer.onnx.proto.TensorProto;
import io.clarinet.importer.onnx.proto.TensorProto.DataLocation;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.HalfFloat;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
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

  /** The message, its data still views. */
  static TensorProto parse(ByteString bytes) throws IOException {
    CodedInputStream in = bytes.newCodedInput();
    in.enableAliasing(true);
    return TensorProto.parseFrom(in);
  }

  /**
   * The tensor.
   *
   * @throws IllegalArgumentException if shape, type and data disagree
   * @throws UnsupportedOperationException if the element type is not supported
   */
  Tensor read(TensorProto proto) throws IOException {
    ElementType type = DataTypes.of(proto.getDataType());
    if (proto.getDimsCount() > MAX_RANK) {
      throw new IllegalArgumentException("a tensor of rank " + proto.getDimsCount());
    }
    Shape shape = Shape.of(proto.getDimsList().stream().mapToLong(Long::longValue).toArray());
    if (proto.getDataLocation() == DataLocation.EXTERNAL) {
      if (type.bits() < Byte.SIZE) {
        throw new UnsupportedOperationException("element type " + type + " in a file of its own");
      }
      return Tensor.wrap(
          type,
          shape,
          external
              .map(proto.getExternalDataList(), bytes(type, shape))
              .order(ByteOrder.LITTLE_ENDIAN));
    }
    if (type.bits() < Byte.SIZE) {
      return unpacked(type, shape, proto);
    }
    if (proto.hasRawData()) {
      return view(type, shape, proto.getRawData());
    }
    return switch (type) {
      case FLOAT32 -> view(type, shape, joined(proto.getFloatDataList()));
      case FLOAT64 -> view(type, shape, joined(proto.getDoubleDataList()));
      case INT64 -> decoded(type, shape, joined(proto.getInt64DataList()));
      case UINT32, UINT64 -> decoded(type, shape, joined(proto.getUint64DataList()));
      default -> decoded(type, shape, joined(proto.getInt32DataList()));
    };
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
        proto.hasRawData()
            ? view(ElementType.UINT8, packed, proto.getRawData())
            : decoded(ElementType.UINT8, packed, joined(proto.getInt32DataList()));
    Tensor tensor = Tensor.zeros(type, shape);
    for (long i = 0; i < shape.size(); i++) {
      tensor.set(i, source.longAt(i / each) >> (i % each * type.bits()));
    }
    return tensor;
  }

  private static ByteString joined(List<ByteString> parts) {
    return parts.size() == 1 ? parts.get(0) : ByteString.copyFrom(parts);
  }

  private static Tensor view(ElementType type, Shape shape, ByteString data) {
    return Tensor.wrap(type, shape, data.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN));
  }

  private static Tensor decoded(ElementType type, Shape shape, ByteString data) throws IOException {
    if (shape.size() > data.size()) {
      throw new IllegalArgumentException(
          type + " " + shape + " needs " + shape.size() + " elements, and holds fewer");
    }
    Tensor tensor = Tensor.zeros(type, shape);
    CodedInputStream in = data.newCodedInput();
    for (long i = 0; i < shape.size(); i++) {
      if (in.isAtEnd()) {
        throw new IllegalArgumentException(
            type + " " + shape + " needs " + shape.size() + " elements, got " + i);
      }
      store(tensor, i, in.readRawVarint64());
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
