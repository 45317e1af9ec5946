package io.clarinet.importer.onnx;

import io.clarinet.file.NearNames;
import io.clarinet.graph.Graph;
import io.clarinet.graph.Input;
import io.clarinet.importer.ImportOptions;
import io.clarinet.importer.onnx.proto.GraphProto;
import io.clarinet.importer.onnx.proto.ModelProto;
import io.clarinet.importer.onnx.proto.NodeProto;
import io.clarinet.importer.onnx.proto.TensorShapeProto;
import io.clarinet.importer.onnx.proto.TypeProto;
import io.clarinet.importer.onnx.proto.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One model on its way to a graph. */
final class GraphImport {
  private final Path file;
  private final ModelProto model;
  private final GraphProto proto;
  private final ImportOptions options;
  private final Opsets opsets;
  private final OnnxTranslation translation;
  private final InitializerImport initializers;
  private final NodesImport nodes;

  /**
   * @param bytes size of the model's file
   */
  GraphImport(
      Path file, ModelProto model, long bytes, ExternalData external, ImportOptions options) {
    this.file = file;
    this.model = model;
    this.proto = model.graph();
    this.options = options;
    this.opsets = new Opsets(file, model);
    TensorReader tensors = new TensorReader(external);
    this.translation =
        new OnnxTranslation(file, proto.name(), model.producerName(), tensors, options);
    this.initializers = new InitializerImport(tensors, translation);
    Functions functions = new Functions(model.functions(), bytes);
    this.nodes = new NodesImport(file, translation, initializers, functions, opsets);
  }

  Graph graph() throws IOException {
    List<String> outputs = outputs();
    NodesImport.Body body = NodesImport.Body.of(proto.nodes(), outputs);
    Scope scope = Scope.model(opsets.ofModel());
    body.nodes().forEach(node -> translation.reserve(node.outputs()));
    proto.outputs().forEach(this::declare);
    Set<String> initialized = initializers.read(proto, scope, body.read(), nodes.unsupported());
    readInputs(body.read(), initialized);
    nodes.translate(body, scope);
    if (!nodes.unsupported().isEmpty()) {
      throw nodes.unsupported().exception(file);
    }
    return translation.finish(outputs, metadata());
  }

  /** The model's own outputs, or those of its values that are asked for. */
  private List<String> outputs() {
    List<String> own = proto.outputs().stream().map(ValueInfoProto::name).toList();
    if (own.isEmpty() && options.outputs().isEmpty()) {
      throw new IllegalArgumentException("the model has no output");
    }
    Set<String> values = new LinkedHashSet<>();
    for (NodeProto node : options.outputs().isEmpty() ? List.<NodeProto>of() : proto.nodes()) {
      values.addAll(node.outputs());
    }
    proto.inputs().forEach(input -> values.add(input.name()));
    for (String output : options.outputs()) {
      if (!values.contains(output)) {
        throw new IllegalArgumentException(
            "it has no value \"" + output + "\"" + NearNames.text(output, values));
      }
    }
    return options.outputs().isEmpty() ? own : options.outputs();
  }

  /** An output of a type that is not known is told of with the node that makes it. */
  private void declare(ValueInfoProto output) {
    TypeProto.Tensor type = output.type() == null ? null : output.type().tensorType();
    if (type != null && DataTypes.isKnown(type.elemType())) {
      translation.output(output.name(), DataTypes.of(type.elemType()));
    }
  }

  private void readInputs(Set<String> read, Set<String> initialized) {
    for (ValueInfoProto value : proto.inputs()) {
      if (initialized.contains(value.name())) {
        continue;
      }
      try {
        translation.input(input(value));
      } catch (UnsupportedOperationException e) {
        if (read.contains(value.name())) {
          nodes
              .unsupported()
              .type(String.valueOf(e.getMessage()), "input \"" + value.name() + "\"");
        }
      }
    }
  }

  private static Input input(ValueInfoProto value) {
    TypeProto.Tensor type = value.type() == null ? null : value.type().tensorType();
    if (type == null) {
      throw new UnsupportedOperationException("a type that is no tensor");
    }
    if (type.shape() == null) {
      throw new UnsupportedOperationException("a tensor of unknown rank");
    }
    List<Integer> dims = new ArrayList<>();
    for (TensorShapeProto.Dimension dim : type.shape().dims()) {
      dims.add(dim.value() == null ? Input.UNKNOWN : extent(value, dim.value()));
    }
    Input input = new Input(value.name(), DataTypes.of(type.elemType()), dims);
    input.shape(1);
    return input;
  }

  private static int extent(ValueInfoProto value, long extent) {
    if (extent < Input.UNKNOWN || extent > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "input \"" + value.name() + "\" has an extent of " + extent);
    }
    return (int) extent;
  }

  private Map<String, String> metadata() {
    Map<String, String> metadata = new HashMap<>();
    model.metadataProps().forEach(e -> metadata.put(e.key(), e.value()));
    return metadata;
  }
}
