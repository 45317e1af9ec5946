package io.clarinet.importer.onnx;

import io.clarinet.importer.onnx.proto.AttributeProto;
import io.clarinet.importer.onnx.proto.FunctionProto;
import io.clarinet.importer.onnx.proto.GraphProto;
import io.clarinet.importer.onnx.proto.ModelProto;
import io.clarinet.importer.onnx.proto.NodeProto;
import io.clarinet.importer.onnx.proto.OperatorSetIdProto;
import io.clarinet.importer.onnx.proto.SparseTensorProto;
import io.clarinet.importer.onnx.proto.StringStringEntryProto;
import io.clarinet.importer.onnx.proto.TensorProto;
import io.clarinet.importer.onnx.proto.TensorProto.DataType;
import io.clarinet.importer.onnx.proto.TensorShapeProto;
import io.clarinet.importer.onnx.proto.TensorShapeProto.Dimension;
import io.clarinet.importer.onnx.proto.TypeProto;
import io.clarinet.importer.onnx.proto.ValueInfoProto;
import io.clarinet.importer.onnx.proto.WireWriter;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes tiny model files for tests. */
public final class ModelWriter {
  private final List<NodeProto> nodes = new ArrayList<>();
  private final List<ByteBuffer> initializers = new ArrayList<>();
  private final List<ValueInfoProto> inputs = new ArrayList<>();
  private final List<ValueInfoProto> outputs = new ArrayList<>();
  private final List<StringStringEntryProto> metadata = new ArrayList<>();
  private final List<ByteBuffer> sparse = new ArrayList<>();
  private final List<FunctionProto> functions = new ArrayList<>();
  private final List<OperatorSetIdProto> opsets = new ArrayList<>();

  private String producer = "";

  public ModelWriter(int opset) {
    opset("", opset);
  }

  /** The version of a set of operators that the model uses. */
  public ModelWriter opset(String domain, int version) {
    opsets.add(new OperatorSetIdProto(domain, version));
    return this;
  }

  /** The name of what wrote the model. */
  public ModelWriter producer(String name) {
    producer = name;
    return this;
  }

  /** A float32 input; -1 leaves an extent open. */
  public ModelWriter input(String name, long... dims) {
    return input(name, DataType.FLOAT, dims);
  }

  public ModelWriter input(String name, DataType type, long... dims) {
    List<Dimension> extents =
        Arrays.stream(dims).mapToObj(d -> d == -1 ? Dimension.open("n") : Dimension.of(d)).toList();
    TypeProto.Tensor tensor = new TypeProto.Tensor(type.number(), new TensorShapeProto(extents));
    inputs.add(new ValueInfoProto(name, new TypeProto(tensor)));
    return this;
  }

  public ModelWriter output(String name) {
    outputs.add(new ValueInfoProto(name, null));
    return this;
  }

  /** An output of a declared type and of any shape. */
  public ModelWriter output(String name, DataType type) {
    TypeProto.Tensor tensor = new TypeProto.Tensor(type.number(), null);
    outputs.add(new ValueInfoProto(name, new TypeProto(tensor)));
    return this;
  }

  public ModelWriter initializer(String name, Tensor tensor) {
    return initializer(proto(name, tensor));
  }

  public ModelWriter initializer(TensorProto tensor) {
    initializers.add(ByteBuffer.wrap(WireWriter.bytes(tensor)));
    return this;
  }

  /** A node with one output, named like the output. */
  public ModelWriter node(
      String op, String output, List<String> inputs, AttributeProto... attributes) {
    return node(new NodeProto(output, op, "", inputs, List.of(output), List.of(attributes)));
  }

  public ModelWriter node(NodeProto node) {
    nodes.add(node);
    return this;
  }

  public ModelWriter metadata(String key, String value) {
    metadata.add(new StringStringEntryProto(key, value));
    return this;
  }

  public ModelWriter sparse(SparseTensorProto tensor) {
    sparse.add(ByteBuffer.wrap(WireWriter.bytes(tensor)));
    return this;
  }

  /** A node of another domain than ONNX's own. */
  public ModelWriter call(
      String domain, String op, String output, List<String> inputs, AttributeProto... attributes) {
    return node(new NodeProto(output, op, domain, inputs, List.of(output), List.of(attributes)));
  }

  public ModelWriter function(FunctionProto function) {
    functions.add(function);
    return this;
  }

  /** The nodes, initializers and outputs so far as a graph, such as a branch. */
  public GraphProto graph() {
    return new GraphProto("test", nodes, initializers, inputs, outputs, sparse);
  }

  /** The file. */
  public byte[] bytes() {
    return WireWriter.bytes(new ModelProto(8, producer, "", graph(), opsets, metadata, functions));
  }

  public Path write(Path folder) throws IOException {
    return Files.write(folder.resolve("test.onnx"), bytes());
  }

  public static TensorProto proto(String name, Tensor tensor) {
    return TensorProto.raw(
        name, DataTypes.of(tensor.type()), OnnxAttributes.dims(tensor.shape()), tensor.bytes());
  }

  public static AttributeProto ints(String name, long... values) {
    return AttributeProto.integers(name, Arrays.stream(values).boxed().toList());
  }

  public static AttributeProto integer(String name, long value) {
    return AttributeProto.integer(name, value);
  }

  public static AttributeProto real(String name, float value) {
    return AttributeProto.real(name, value);
  }

  public static AttributeProto text(String name, String value) {
    return AttributeProto.text(name, value);
  }

  public static AttributeProto tensor(String name, Tensor value) {
    return AttributeProto.tensor(name, proto("", value));
  }
}
