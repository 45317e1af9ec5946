package io.clarinet.importer.onnx;

import com.google.protobuf.ByteString;
import io.clarinet.op.Fill;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Known values. */
final class OnnxConstants {
  private OnnxConstants() {}

  static void register(Map<String, OnnxTranslator> table) {
    table.put("Constant", (node, to) -> to.constant(node.outputs().get(0), value(node, to)));
    table.put("ConstantOfShape", OnnxConstants::fill);
  }

  private static void fill(OnnxNode node, OnnxTranslation to) throws IOException {
    ByteString tensor = node.tensor("value");
    Tensor value =
        tensor == null ? Tensor.zeros(Shape.of()) : to.tensors().read(TensorReader.parse(tensor));
    if (value.shape().size() != 1) {
      throw new IllegalArgumentException("the value is " + value + ", not one element");
    }
    to.result(node, new Fill(value.type(), value.doubleAt(0)), node.input(0));
  }

  private static Tensor value(OnnxNode node, OnnxTranslation to) throws IOException {
    ByteString tensor = node.tensor("value");
    if (tensor != null) {
      return to.tensors().read(TensorReader.parse(tensor));
    }
    if (node.has("value_float")) {
      return Tensor.of(Shape.of(), node.real("value_float", 0));
    }
    if (node.has("value_int")) {
      return Tensor.ofLongs(Shape.of(), node.integer("value_int", 0));
    }
    if (node.has("value_ints")) {
      List<Long> values = node.integers("value_ints");
      return Tensor.ofLongs(
          Shape.of(values.size()), values.stream().mapToLong(Long::longValue).toArray());
    }
    node.require(node.has("value_floats"), "a value that is no tensor of numbers");
    List<Float> values = node.reals("value_floats");
    Tensor vector = Tensor.zeros(Shape.of(values.size()));
    for (int i = 0; i < values.size(); i++) {
      vector.set(i, (double) values.get(i));
    }
    return vector;
  }
}
