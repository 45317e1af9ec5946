package io.clarinet.importer.onnx;

import io.clarinet.importer.onnx.proto.AttributeProto;
import io.clarinet.importer.onnx.proto.TensorProto;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** Attributes of ONNX nodes that are written. */
final class OnnxAttributes {
  private OnnxAttributes() {}

  /** The axis that an operator works along. */
  static AttributeProto axis(int axis) {
    return AttributeProto.integer("axis", axis);
  }

  static AttributeProto flag(String name, boolean value) {
    return AttributeProto.integer(name, value ? 1 : 0);
  }

  static AttributeProto integers(String name, List<Integer> values) {
    return AttributeProto.integers(name, values.stream().map(Integer::longValue).toList());
  }

  static AttributeProto tensor(String name, Tensor value) {
    return AttributeProto.tensor(
        name, TensorProto.raw("", DataTypes.of(value.type()), dims(value.shape()), value.bytes()));
  }

  /** A shape as a tensor's message has it. */
  static List<Long> dims(Shape shape) {
    return Arrays.stream(shape.dims()).asLongStream().boxed().toList();
  }
}
