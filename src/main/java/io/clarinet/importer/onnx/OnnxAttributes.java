package io.clarinet.importer.onnx;

import com.google.protobuf.ByteString;
import io.clarinet.importer.onnx.proto.AttributeProto;
import io.clarinet.importer.onnx.proto.AttributeProto.AttributeType;
import io.clarinet.importer.onnx.proto.TensorProto;
import io.clarinet.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** Attributes of ONNX nodes that are written. */
final class OnnxAttributes {
  private OnnxAttributes() {}

  static AttributeProto integer(String name, long value) {
    return attribute(name, AttributeType.INT).setI(value).build();
  }

  /** The axis that an operator works along. */
  static AttributeProto axis(int axis) {
    return integer("axis", axis);
  }

  static AttributeProto flag(String name, boolean value) {
    return integer(name, value ? 1 : 0);
  }

  static AttributeProto real(String name, float value) {
    return attribute(name, AttributeType.FLOAT).setF(value).build();
  }

  static AttributeProto text(String name, String value) {
    return attribute(name, AttributeType.STRING).setS(ByteString.copyFromUtf8(value)).build();
  }

  static AttributeProto integers(String name, List<Integer> values) {
    AttributeProto.Builder attribute = attribute(name, AttributeType.INTS);
    values.forEach(attribute::addInts);
    return attribute.build();
  }

  static AttributeProto tensor(String name, Tensor value) {
    TensorProto tensor =
        TensorProto.newBuilder()
            .setDataType(DataTypes.of(value.type()).getNumber())
            .addAllDims(Arrays.stream(value.shape().dims()).mapToObj(d -> (long) d).toList())
            .setRawData(ByteString.copyFrom(value.bytes()))
            .build();
    return attribute(name, AttributeType.TENSOR).setT(tensor.toByteString()).build();
  }

  private static AttributeProto.Builder attribute(String name, AttributeType type) {
    return AttributeProto.newBuilder().setName(name).setType(type);
  }
}
