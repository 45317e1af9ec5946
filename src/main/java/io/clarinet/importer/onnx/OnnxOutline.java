package io.clarinet.importer.onnx;

import com.google.protobuf.ByteString;
import io.clarinet.importer.Outline;
import io.clarinet.importer.Weighed;
import io.clarinet.importer.onnx.proto.GraphProto;
import io.clarinet.importer.onnx.proto.ModelProto;
import io.clarinet.importer.onnx.proto.NodeProto;
import io.clarinet.importer.onnx.proto.OperatorSetIdProto;
import io.clarinet.importer.onnx.proto.TensorProto;
import io.clarinet.importer.onnx.proto.TensorShapeProto;
import io.clarinet.importer.onnx.proto.TypeProto;
import io.clarinet.importer.onnx.proto.ValueInfoProto;
import io.clarinet.tensor.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a file says of its model, whether or not its operators are known. */
final class OnnxOutline {
  private OnnxOutline() {}

  static Outline of(ModelProto model) throws IOException {
    GraphProto graph = model.getGraph();
    Map<String, Integer> operators = new LinkedHashMap<>();
    for (NodeProto node : graph.getNodeList()) {
      operators.merge(new OnnxNode(node, 0, Set.of()).operator(), 1, Integer::sum);
    }
    Weighed weighed = new Weighed(0, 0, 0);
    Set<String> initialized = new HashSet<>();
    for (ByteString bytes : graph.getInitializerList()) {
      TensorProto tensor = TensorReader.parse(bytes);
      initialized.add(tensor.getName());
      weighed = and(weighed, tensor);
    }
    Map<String, String> metadata = new HashMap<>();
    model.getMetadataPropsList().forEach(e -> metadata.put(e.getKey(), e.getValue()));
    return new Outline(
        "ONNX",
        origin(model),
        graph.getInputList().stream()
            .filter(input -> !initialized.contains(input.getName()))
            .map(OnnxOutline::value)
            .toList(),
        graph.getOutputList().stream().map(OnnxOutline::value).toList(),
        operators,
        weighed.parameters(),
        weighed.bytes(),
        metadata);
  }

  private static Map<String, String> origin(ModelProto model) {
    Map<String, String> origin = new LinkedHashMap<>();
    for (OperatorSetIdProto set : model.getOpsetImportList()) {
      boolean own = set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx");
      origin.put(own ? "opset" : "opset " + set.getDomain(), Long.toString(set.getVersion()));
    }
    origin.put("IR", Long.toString(model.getIrVersion()));
    String producer = (model.getProducerName() + " " + model.getProducerVersion()).strip();
    if (!producer.isEmpty()) {
      origin.put("producer", producer);
    }
    return origin;
  }

  /** A tensor of a type or shape that no weight has is passed over. */
  private static Weighed and(Weighed sum, TensorProto tensor) {
    try {
      long[] dims = tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
      return sum.and(DataTypes.of(tensor.getDataType()), Shape.of(dims), false);
    } catch (IllegalArgumentException | ArithmeticException | UnsupportedOperationException e) {
      return sum;
    }
  }

  private static Outline.Value value(ValueInfoProto value) {
    TypeProto type = value.getType();
    if (!type.hasTensorType()) {
      return new Outline.Value(value.getName(), "", null);
    }
    TypeProto.Tensor tensor = type.getTensorType();
    return new Outline.Value(
        value.getName(),
        type(tensor.getElemType()),
        tensor.hasShape() ? extents(tensor.getShape()) : null);
  }

  private static String type(int number) {
    try {
      return Outline.Value.type(DataTypes.of(number).name());
    } catch (UnsupportedOperationException e) {
      TensorProto.DataType foreign = TensorProto.DataType.forNumber(number);
      return foreign == null ? "type " + number : Outline.Value.type(foreign.name());
    }
  }

  private static List<String> extents(TensorShapeProto shape) {
    List<String> extents = new ArrayList<>();
    for (TensorShapeProto.Dimension dim : shape.getDimList()) {
      extents.add(
          dim.hasDimValue()
              ? Long.toString(dim.getDimValue())
              : dim.getDimParam().isEmpty() ? "?" : dim.getDimParam());
    }
    return extents;
  }
}
