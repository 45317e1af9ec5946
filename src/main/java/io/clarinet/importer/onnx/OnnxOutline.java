package io.clarinet.importer.onnx;

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
import java.nio.ByteBuffer;
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
    GraphProto graph = model.graph();
    Map<String, Integer> operators = new LinkedHashMap<>();
    for (NodeProto node : graph.nodes()) {
      operators.merge(new OnnxNode(node, 0, Set.of()).operator(), 1, Integer::sum);
    }
    Weighed weighed = new Weighed(0, 0, 0);
    Set<String> initialized = new HashSet<>();
    for (ByteBuffer bytes : graph.initializers()) {
      TensorProto tensor = TensorProto.read(bytes);
      initialized.add(tensor.name());
      weighed = and(weighed, tensor);
    }
    Map<String, String> metadata = new HashMap<>();
    model.metadataProps().forEach(e -> metadata.put(e.key(), e.value()));
    return new Outline(
        "ONNX",
        origin(model),
        graph.inputs().stream()
            .filter(input -> !initialized.contains(input.name()))
            .map(OnnxOutline::value)
            .toList(),
        graph.outputs().stream().map(OnnxOutline::value).toList(),
        operators,
        weighed.parameters(),
        weighed.bytes(),
        metadata);
  }

  private static Map<String, String> origin(ModelProto model) {
    Map<String, String> origin = new LinkedHashMap<>();
    for (OperatorSetIdProto set : model.opsetImports()) {
      boolean own = set.domain().isEmpty() || set.domain().equals("ai.onnx");
      origin.put(own ? "opset" : "opset " + set.domain(), Long.toString(set.version()));
    }
    origin.put("IR", Long.toString(model.irVersion()));
    String producer = (model.producerName() + " " + model.producerVersion()).strip();
    if (!producer.isEmpty()) {
      origin.put("producer", producer);
    }
    return origin;
  }

  /** A tensor of a type or shape that no weight has is passed over. */
  private static Weighed and(Weighed sum, TensorProto tensor) {
    try {
      long[] dims = tensor.dims().stream().mapToLong(Long::longValue).toArray();
      return sum.and(DataTypes.of(tensor.dataType()), Shape.of(dims), false);
    } catch (IllegalArgumentException | ArithmeticException | UnsupportedOperationException e) {
      return sum;
    }
  }

  private static Outline.Value value(ValueInfoProto value) {
    TypeProto.Tensor type = value.type() == null ? null : value.type().tensorType();
    return type == null
        ? new Outline.Value(value.name(), "", null)
        : new Outline.Value(
            value.name(),
            type(type.elemType()),
            type.shape() == null ? null : extents(type.shape()));
  }

  private static String type(int number) {
    try {
      return Outline.Value.type(DataTypes.of(number).name());
    } catch (UnsupportedOperationException e) {
      TensorProto.DataType foreign = TensorProto.DataType.of(number);
      return foreign == null ? "type " + number : Outline.Value.type(foreign.name());
    }
  }

  private static List<String> extents(TensorShapeProto shape) {
    List<String> extents = new ArrayList<>();
    for (TensorShapeProto.Dimension dim : shape.dims()) {
      String name = dim.param() == null || dim.param().isEmpty() ? "?" : dim.param();
      extents.add(dim.value() == null ? name : Long.toString(dim.value()));
    }
    return extents;
  }
}
