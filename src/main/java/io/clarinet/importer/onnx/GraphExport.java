package io.clarinet.importer.onnx;

import io.clarinet.graph.Graph;
import io.clarinet.graph.GraphException;
import io.clarinet.graph.Input;
import io.clarinet.graph.Node;
import io.clarinet.importer.onnx.proto.GraphProto;
import io.clarinet.importer.onnx.proto.ModelProto;
import io.clarinet.importer.onnx.proto.OperatorSetIdProto;
import io.clarinet.importer.onnx.proto.StringStringEntryProto;
import io.clarinet.importer.onnx.proto.TensorShapeProto;
import io.clarinet.importer.onnx.proto.TypeProto;
import io.clarinet.importer.onnx.proto.ValueInfoProto;
import io.clarinet.op.Cast;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Converted;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Splat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One graph on its way to a model file. */
final class GraphExport {
  private static final int OPSET = 17;
  private static final int IR_VERSION = 8;
  private static final long MAX_FILE = Integer.MAX_VALUE - (1L << 20);

  /** Splats and halves above this many elements are written as a node that makes them. */
  private static final int MAX_PLAIN = 64;

  private static final int LIKELY_EXTENT = 224;
  private final Graph graph;
  private final ExportedNodes exported;

  GraphExport(Graph graph) {
    this.graph = graph;
    this.exported = new ExportedNodes(graph);
  }

  void write(Path file) throws IOException {
    write(file, MAX_FILE);
  }

  /**
   * Writes like {@link #write(Path)}, with the weights in a second file beyond {@code maxBytes}.
   */
  void write(Path file, long maxBytes) throws IOException {
    requireOldTypes();
    Map<String, Constant> dense = new LinkedHashMap<>();
    graph.constants().forEach(this::addLargeSplat);
    graph.constants().forEach((name, constant) -> addHalf(name, constant, dense));
    graph.nodes().forEach(this::add);
    exported
        .constants()
        .forEach(
            (name, constant) -> {
              if (!isLargeSplat(constant) && !isLargeHalf(constant)) {
                dense.put(name, constant);
              }
            });
    new ModelOutput(file, dense, model(), maxBytes).write();
  }

  private void add(Node node) {
    try {
      OnnxOperators.ALL.exporter(node.op()).export(node.op(), node, exported);
    } catch (IllegalArgumentException e) {
      throw new GraphException(node, String.valueOf(e.getMessage()));
    }
  }

  private void requireOldTypes() {
    for (Fact fact : likelyFacts().values()) {
      if (fact.type().bits() < Byte.SIZE) {
        throw new GraphException(ExportedNodes.refusal("element type " + fact.type()));
      }
    }
  }

  private static boolean isLargeSplat(Constant constant) {
    return constant instanceof Splat && constant.shape().size() > MAX_PLAIN;
  }

  private void addLargeSplat(String name, Constant constant) {
    if (constant instanceof Splat splat && isLargeSplat(constant)) {
      long[] extents = Arrays.stream(splat.shape().dims()).asLongStream().toArray();
      String shape = exported.longs(name, extents);
      OnnxGenerators.writeFill(splat.type(), splat.value(), shape, name, exported);
    }
  }

  private static boolean isLargeHalf(Constant constant) {
    return constant instanceof Converted converted
        && converted.type() == ElementType.FLOAT32
        && converted.source().type().isHalf()
        && constant.shape().size() > MAX_PLAIN;
  }

  /** Numbers of half precision are written as such, and a node that widens them. */
  private void addHalf(String name, Constant constant, Map<String, Constant> dense) {
    if (constant instanceof Converted converted && isLargeHalf(constant)) {
      String half = exported.fresh(name);
      dense.put(half, converted.source());
      OnnxCasts.write(constant.type(), half, name, exported);
    }
  }

  private ModelProto model() {
    List<StringStringEntryProto> metadata = new ArrayList<>();
    new TreeMap<>(graph.metadata())
        .forEach((key, value) -> metadata.add(new StringStringEntryProto(key, value)));
    OperatorSetIdProto opset = new OperatorSetIdProto("", OPSET);
    return new ModelProto(IR_VERSION, "clarinet", "", proto(), List.of(opset), metadata);
  }

  private GraphProto proto() {
    List<ValueInfoProto> inputs =
        graph.inputs().stream().map(i -> value(i.name(), i.type(), shape(i))).toList();
    Map<String, Fact> facts = likelyFacts();
    List<ValueInfoProto> outputs = new ArrayList<>();
    for (String output : graph.outputs()) {
      Fact fact = facts.get(output);
      ElementType type = fact == null ? castTo(output) : fact.type();
      outputs.add(value(output, type, null));
    }
    String name = graph.name().isEmpty() ? "graph" : graph.name();
    return new GraphProto(name, exported.nodes(), List.of(), inputs, outputs);
  }

  /** The type of an output of which nothing is known before values are: that of its cast. */
  private ElementType castTo(String output) {
    return graph.nodes().stream()
        .filter(node -> node.outputs().contains(output) && node.op() instanceof Cast)
        .map(node -> ((Cast) node.op()).type())
        .findFirst()
        .orElse(ElementType.FLOAT32);
  }

  /** Facts for one likely input: they tell the outputs' types, which ONNX wants declared. */
  private Map<String, Fact> likelyFacts() {
    Map<String, Shape> shapes = new HashMap<>();
    for (Input input : graph.inputs()) {
      Shape shape = input.shape(LIKELY_EXTENT);
      boolean openBatch = !input.dims().isEmpty() && input.dims().get(0) == Input.UNKNOWN;
      shapes.put(input.name(), openBatch ? shape.with(0, 1) : shape);
    }
    try {
      return graph.specialised(shapes).facts();
    } catch (GraphException e) {
      return Map.of();
    }
  }

  private static TensorShapeProto shape(Input input) {
    List<TensorShapeProto.Dimension> dims = new ArrayList<>();
    for (int extent : input.dims()) {
      dims.add(
          extent == Input.UNKNOWN
              ? TensorShapeProto.Dimension.open(input.name() + "_" + dims.size())
              : TensorShapeProto.Dimension.of(extent));
    }
    return new TensorShapeProto(dims);
  }

  private static ValueInfoProto value(
      String name, ElementType type, @Nullable TensorShapeProto shape) {
    TypeProto.Tensor tensor = new TypeProto.Tensor(DataTypes.of(type).number(), shape);
    return new ValueInfoProto(name, new TypeProto(tensor));
  }
}
