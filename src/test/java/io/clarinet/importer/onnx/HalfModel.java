package io.clarinet.importer.onnx;

import io.clarinet.importer.onnx.proto.GraphProto;
import io.clarinet.importer.onnx.proto.ModelProto;
import io.clarinet.importer.onnx.proto.TensorProto;
import io.clarinet.importer.onnx.proto.TensorProto.DataType;
import io.clarinet.importer.onnx.proto.TypeProto;
import io.clarinet.importer.onnx.proto.ValueInfoProto;
import io.clarinet.importer.onnx.proto.WireWriter;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Models of float32 as others convert them to float16: inputs, initializers and outputs. */
public final class HalfModel {
  private HalfModel() {}

  /** Writes the halved form of a model that is in one file and has no float32 in attributes. */
  public static Path write(Path model, Path half) throws IOException {
    return Files.write(half, of(Files.readAllBytes(model)));
  }

  /** The halved form of such a file. */
  public static byte[] of(byte[] file) throws IOException {
    ModelProto model = ModelProto.read(ByteBuffer.wrap(file));
    GraphProto graph = model.graph();
    GraphProto halved =
        new GraphProto(
            graph.name(),
            graph.nodes(),
            graph.initializers().stream().map(HalfModel::halved).toList(),
            graph.inputs().stream().map(HalfModel::halved).toList(),
            graph.outputs().stream().map(HalfModel::halved).toList());
    return WireWriter.bytes(new ModelProto(8, "", "", halved, model.opsetImports(), List.of()));
  }

  private static ByteBuffer halved(ByteBuffer initializer) {
    try {
      TensorProto proto = TensorProto.read(initializer);
      if (proto.dataType() != DataType.FLOAT.number()) {
        return initializer;
      }
      Tensor tensor = new TensorReader(ExternalData.none()).read(proto);
      return ByteBuffer.wrap(
          WireWriter.bytes(ModelWriter.proto(proto.name(), tensor.as(ElementType.FLOAT16))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ValueInfoProto halved(ValueInfoProto value) {
    TypeProto.Tensor type = value.type() == null ? null : value.type().tensorType();
    return type == null || type.elemType() != DataType.FLOAT.number()
        ? value
        : new ValueInfoProto(
            value.name(),
            new TypeProto(new TypeProto.Tensor(DataType.FLOAT16.number(), type.shape())));
  }
}
