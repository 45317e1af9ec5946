package io.clarinet.importer.onnx;

import static io.clarinet.importer.onnx.OnnxAttributes.axis;
import static io.clarinet.importer.onnx.OnnxAttributes.tensor;

import io.clarinet.graph.Node;
import io.clarinet.importer.onnx.proto.SparseTensorProto;
import io.clarinet.importer.onnx.proto.TensorProto;
import io.clarinet.op.Cast;
import io.clarinet.op.Concat;
import io.clarinet.op.Fill;
import io.clarinet.op.OneHot;
import io.clarinet.op.Range;
import io.clarinet.op.Reshape;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Values made from nothing, from one element, from a shape, or from places. */
final class OnnxGenerators {
  private OnnxGenerators() {}

  static void register(OnnxOperators table) {
    table.reads("Constant", (node, to) -> to.constant(node.outputs().get(0), value(node, to)));
    table.reads("ConstantOfShape", OnnxGenerators::readFill);
    table.reads("Range", OnnxGenerators::readRange);
    table.reads("OneHot", OnnxGenerators::readOneHot);
    table.writes(Fill.class, OnnxGenerators::writeFill);
    table.writes(OneHot.class, OnnxGenerators::writeOneHot);
    table.writes(Range.class, OnnxGenerators::writeRange);
  }

  private static void readFill(OnnxNode node, OnnxTranslation to) throws IOException {
    ByteBuffer tensor = node.tensor("value");
    Tensor value =
        tensor == null ? Tensor.zeros(Shape.of()) : to.tensors().read(TensorProto.read(tensor));
    if (value.shape().size() != 1) {
      throw new IllegalArgumentException("the value is " + value + ", not one element");
    }
    boolean exact = value.type() == ElementType.FLOAT64 && to.known(node.input(0)) != null;
    ElementType type = exact ? value.type() : FloatTypes.computed(value.type());
    to.result(node, new Fill(type, value.doubleAt(0)), node.input(0));
  }

  private static Constant value(OnnxNode node, OnnxTranslation to) throws IOException {
    ByteBuffer sparse = node.sparse("sparse_value");
    if (sparse != null) {
      return SparseTensors.read(SparseTensorProto.read(sparse), to.tensors());
    }
    ByteBuffer tensor = node.tensor("value");
    if (tensor != null) {
      return to.tensors().read(TensorProto.read(tensor));
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

  private static void writeFill(Fill op, Node node, ExportedNodes to) {
    writeFill(op.type(), op.value(), node.inputs().get(0), node.output(), to);
  }

  /** Adds a node that fills a shape, the value of {@code shape}, with one value. */
  static void writeFill(ElementType type, double value, String shape, String y, ExportedNodes to) {
    Tensor element = Tensor.zeros(type, Shape.of(1));
    element.set(0, value);
    to.add("ConstantOfShape", List.of(shape), y, tensor("value", element));
  }

  /** Kernels take indices as floats, which hold all that lie within a depth. */
  private static void readOneHot(OnnxNode node, OnnxTranslation to) {
    String indices = to.value(new Cast(ElementType.FLOAT32), node.input(0));
    OneHot op = new OneHot(node.small("axis", -1));
    to.result(node, op, indices, node.input(1), node.input(2));
  }

  private static void writeOneHot(OneHot op, Node node, ExportedNodes to) {
    String indices = to.fresh(node.output());
    OnnxCasts.write(ElementType.INT64, node.inputs().get(0), indices, to);
    List<String> inputs = List.of(indices, node.inputs().get(1), node.inputs().get(2));
    to.add("OneHot", inputs, node.output(), axis(op.axis()));
  }

  /** Our operator takes start, limit and step as one vector. */
  private static void readRange(OnnxNode node, OnnxTranslation to) {
    List<String> limits = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      limits.add(to.value(new Reshape(new Reshape.Rule.To(List.of(1L), false)), node.input(i)));
    }
    String vector = to.value(new Concat(0), limits.toArray(String[]::new));
    to.result(node, new Range(), vector);
  }

  private static void writeRange(Range op, Node node, ExportedNodes to) {
    List<String> limits = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      String element = to.fresh(node.output());
      String index = to.longs(node.output(), i);
      String vector = to.fresh(node.output());
      to.add("Gather", List.of(node.inputs().get(0), index), vector);
      to.add("Squeeze", List.of(vector), element);
      limits.add(element);
    }
    to.add("Range", limits, node.output());
  }
}
