package io.clarinet.importer.onnx;

import io.clarinet.graph.Graph;
import io.clarinet.graph.GraphException;
import io.clarinet.graph.Input;
import io.clarinet.importer.ImportOptions;
import io.clarinet.importer.ModelFormatException;
import io.clarinet.importer.Obstacle;
import io.clarinet.importer.onnx.proto.GraphProto;
import io.clarinet.importer.onnx.proto.ModelProto;
import io.clarinet.importer.onnx.proto.NodeProto;
import io.clarinet.importer.onnx.proto.OperatorSetIdProto;
import io.clarinet.importer.onnx.proto.TensorProto;
import io.clarinet.importer.onnx.proto.TensorShapeProto;
import io.clarinet.importer.onnx.proto.TypeProto;
import io.clarinet.importer.onnx.proto.ValueInfoProto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One model on its way to a graph. */
final class GraphImport {
  private static final int OLDEST_OPSET = 6;
  private static final int NEWEST_OPSET = 27;
  private final Path file;
  private final ModelProto model;
  private final GraphProto proto;
  private final TensorReader tensors;
  private final OnnxTranslation translation;
  private final Unsupported unsupported = new Unsupported();

  GraphImport(Path file, ModelProto model, ExternalData external, ImportOptions options) {
    this.file = file;
    this.model = model;
    this.proto = model.graph();
    this.tensors = new TensorReader(external);
    this.translation = new OnnxTranslation(file, proto.name(), tensors, options);
  }

  Graph graph() throws IOException {
    int opset = opset();
    List<String> outputs = proto.outputs().stream().map(ValueInfoProto::name).toList();
    if (outputs.isEmpty()) {
      throw new IllegalArgumentException("the model has no output");
    }
    List<NodeProto> nodes = new NodeOrder(proto.nodes()).needed(outputs);
    Set<String> read = new HashSet<>(outputs);
    nodes.forEach(node -> read.addAll(node.inputs()));
    read.remove("");
    nodes.forEach(node -> translation.reserve(node.outputs()));
    proto.outputs().forEach(this::declare);
    Set<String> initialized = readInitializers(read);
    readInputs(read, initialized);
    nodes.forEach(node -> translate(new OnnxNode(node, opset, read)));
    if (!unsupported.isEmpty()) {
      throw unsupported.exception(file);
    }
    return translation.finish(outputs, metadata());
  }

  /** The version of ONNX's own operators that the model uses; 0 if it says none. */
  private int opset() {
    for (OperatorSetIdProto set : model.opsetImports()) {
      if (set.domain().isEmpty() || set.domain().equals("ai.onnx")) {
        long version = set.version();
        if (version < OLDEST_OPSET || version > NEWEST_OPSET) {
          String opset = "opset " + version;
          throw ModelFormatException.unsupported(
              file,
              String.format(
                  "opset %d is not supported (%d to %d are); convert the model to one that is",
                  version, OLDEST_OPSET, NEWEST_OPSET),
              List.of(opset),
              List.of(new Obstacle(opset, 1, "the model", OnnxRemedies.of(opset))));
        }
        return (int) version;
      }
    }
    return 0;
  }

  /** Gives the names of all, which older models list as inputs too. */
  private Set<String> readInitializers(Set<String> read) throws IOException {
    Map<String, TensorProto> known = new HashMap<>();
    Set<String> names = new HashSet<>();
    for (ByteBuffer bytes : proto.initializers()) {
      TensorProto tensor = TensorProto.read(bytes);
      names.add(tensor.name());
      if (read.contains(tensor.name())) {
        if (known.put(tensor.name(), tensor) != null) {
          throw new IllegalArgumentException(
              "initializer \"" + tensor.name() + "\" is defined twice");
        }
        readInitializer(tensor);
      }
    }
    return names;
  }

  private void readInitializer(TensorProto tensor) throws IOException {
    try {
      translation.constant(tensor.name(), tensors.read(tensor));
    } catch (UnsupportedOperationException e) {
      unsupported.type(String.valueOf(e.getMessage()), "initializer \"" + tensor.name() + "\"");
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "initializer \"" + tensor.name() + "\": " + e.getMessage(), e);
    }
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
          unsupported.type(String.valueOf(e.getMessage()), "input \"" + value.name() + "\"");
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

  /** Once something is not supported, what depends on it fails too, and is not worth a word. */
  private void translate(OnnxNode node) {
    OnnxTranslator translator = OnnxOperators.ALL.translator(node.operator());
    if (translator != null && node.opset() == 0) {
      throw new IllegalArgumentException("the model does not say which opset it uses");
    }
    if (translator == null) {
      unsupported.operator(node, "");
      translation.skip(node);
      return;
    }
    try {
      translation.begin(node);
      translator.translate(node, translation);
    } catch (UnsupportedOperationException e) {
      unsupported.operator(node, " with " + e.getMessage());
      translation.skip(node);
    } catch (IllegalArgumentException | ArithmeticException | IOException e) {
      if (unsupported.isEmpty()) {
        String reason = String.valueOf(e.getMessage());
        throw e instanceof GraphException
            ? ModelFormatException.invalid(file, reason, e)
            : ModelFormatException.invalidNode(file, node.label(), reason, e);
      }
      translation.skip(node);
    }
  }

  private Map<String, String> metadata() {
    Map<String, String> metadata = new HashMap<>();
    model.metadataProps().forEach(e -> metadata.put(e.key(), e.value()));
    return metadata;
  }
}
