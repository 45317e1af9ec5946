package io.clarinet.importer.onnx;

import com.google.protobuf.ByteString;
import io.clarinet.importer.onnx.proto.AttributeProto;
import io.clarinet.importer.onnx.proto.GraphProto;
import io.clarinet.importer.onnx.proto.ModelProto;
import io.clarinet.importer.onnx.proto.NodeProto;
import io.clarinet.importer.onnx.proto.OperatorSetIdProto;
import io.clarinet.importer.onnx.proto.TensorProto;
import io.clarinet.importer.onnx.proto.TensorShapeProto;
import io.clarinet.importer.onnx.proto.TypeProto;
import io.clarinet.importer.onnx.proto.ValueInfoProto;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Writes tiny model files for tests. */
public final class ModelWriter {
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("test");
  private final int opset;

  public ModelWriter(int opset) {
    this.opset = opset;
  }

  /** A float32 input; -1 leaves an extent open. */
  public ModelWriter input(String name, long... dims) {
    return input(name, TensorProto.DataType.FLOAT, dims);
  }

  public ModelWriter input(String name, TensorProto.DataType type, long... dims) {
    graph.addInput(value(name, type, dims));
    return this;
  }

  public ModelWriter output(String name) {
    graph.addOutput(ValueInfoProto.newBuilder().setName(name));
    return this;
  }

  public ModelWriter initializer(String name, Tensor tensor) {
    return initializer(proto(tensor).setName(name).build());
  }

  public ModelWriter initializer(TensorProto tensor) {
    graph.addInitializer(tensor.toByteString());
    return this;
  }

  /** A node with one output, named like the output. */
  public ModelWriter node(
      String op, String output, List<String> inputs, AttributeProto... attributes) {
    return node(
        NodeProto.newBuilder()
            .setOpType(op)
            .setName(output)
            .addAllInput(inputs)
            .addOutput(output)
            .addAllAttribute(Arrays.asList(attributes))
            .build());
  }

  public ModelWriter node(NodeProto node) {
    graph.addNode(node);
    return this;
  }

  public ModelProto model() {
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
        .setGraph(graph)
        .build();
  }

  public Path write(Path folder) throws IOException {
    return Files.write(folder.resolve("test.onnx"), model().toByteArray());
  }

  public static TensorProto.Builder proto(Tensor tensor) {
    return TensorProto.newBuilder()
        .setDataType(DataTypes.of(tensor.type()).getNumber())
        .addAllDims(Arrays.stream(tensor.shape().dims()).mapToObj(d -> (long) d).toList())
        .setRawData(ByteString.copyFrom(tensor.bytes()));
  }

  public static AttributeProto ints(String name, long... values) {
    AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
    Arrays.stream(values).forEach(attribute::addInts);
    return attribute.build();
  }

  public static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setI(value).build();
  }

  public static AttributeProto real(String name, float value) {
    return AttributeProto.newBuilder().setName(name).setF(value).build();
  }

  public static AttributeProto text(String name, String value) {
    return AttributeProto.newBuilder().setName(name).setS(ByteString.copyFromUtf8(value)).build();
  }

  public static AttributeProto tensor(String name, Tensor value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setT(proto(value).build().toByteString())
        .build();
  }

  private static ValueInfoProto value(String name, TensorProto.DataType type, long... dims) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long dim : dims) {
      TensorShapeProto.Dimension.Builder extent = TensorShapeProto.Dimension.newBuilder();
      shape.addDim(dim == -1 ? extent.setDimParam("n") : extent.setDimValue(dim));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape)))
        .build();
  }
}
