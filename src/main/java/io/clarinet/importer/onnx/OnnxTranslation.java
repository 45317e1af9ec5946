package io.clarinet.importer.onnx;

import io.clarinet.graph.FreshNames;
import io.clarinet.graph.Graph;
import io.clarinet.graph.GraphBuilder;
import io.clarinet.graph.GraphException;
import io.clarinet.graph.Input;
import io.clarinet.graph.Node;
import io.clarinet.importer.ImportOptions;
import io.clarinet.importer.ImportOptions.Norms;
import io.clarinet.op.Branch;
import io.clarinet.op.Cast;
import io.clarinet.op.If;
import io.clarinet.op.Op;
import io.clarinet.op.ShapeOf;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Converted;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The graph that an import has made so far. Where facts are known, nodes are checked as they are
 * added, and small constant results replace the nodes that make them.
 */
final class OnnxTranslation {
  private static final Logger LOG = LoggerFactory.getLogger(OnnxTranslation.class);

  /** Paddings before and after each of 64 axes are the most that a node is told. */
  private static final int MAX_NUMBERS = 128;

  private final Path file;
  private final String producer;
  private final GraphBuilder builder;
  private final TensorReader tensors;
  private final ImportOptions options;
  private final KnownFacts facts = new KnownFacts();
  private final Map<String, Constant> constants = new LinkedHashMap<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Set<String> defined = new HashSet<>();
  private final FreshNames names = new FreshNames(defined);
  private final FloatTypes types;

  /** Values that follow from elements of inputs, not from shapes and parameters alone. */
  private final Set<String> computed = new HashSet<>();

  private String current = "";
  private long constantBytes;

  /**
   * @param producer what wrote the file
   */
  OnnxTranslation(
      Path file, String name, String producer, TensorReader tensors, ImportOptions options) {
    this.file = file;
    this.producer = producer;
    this.builder = new GraphBuilder(name);
    this.tensors = tensors;
    this.options = options;
    this.types = new FloatTypes(file, names, nodes, constants);
  }

  /** Keeps values of the file's own names apart from all that are made between them. */
  void reserve(List<String> values) {
    names.reserve(values);
  }

  /** The node that the following additions are for. */
  void begin(OnnxNode node) {
    current = node.name();
  }

  /** A name for a value of a function or branch: its own there, if nothing else has it. */
  String fresh(String wanted) {
    String name = names.free(wanted);
    names.reserve(List.of(name));
    return name;
  }

  /** Leaves the outputs of a node that cannot be translated without any meaning. */
  void skip(OnnxNode node) {
    defined.addAll(node.outputs());
  }

  /** Whether a normalisation that is in training mode uses the batch's statistics; warns if so. */
  boolean usesBatchStatistics(OnnxNode node) {
    boolean uses = options.norms() == Norms.MODEL;
    if (uses) {
      LOG.warn(
          "{}: node {} is in training mode, so it normalises by each batch's own statistics;"
              + " --bn inference makes it use the stored ones",
          file,
          node.label());
    }
    return uses;
  }

  /** Whether PyTorch wrote the file. */
  boolean isFromPyTorch() {
    return producer.equals("pytorch");
  }

  void input(Input input) {
    define(input.name());
    builder.input(input);
    types.keep(input.name(), input.type());
    boolean parameter = !input.type().isFloatingPoint() && input.dims().size() <= 1;
    if (!parameter) {
      computed.add(input.name());
    }
    facts.input(new Input(input.name(), FloatTypes.computed(input.type()), input.dims()));
  }

  /** Declares the type of one of the model's outputs. */
  void output(String name, ElementType type) {
    types.output(name, type);
  }

  /** Names a known value. Numbers of half precision are widened whenever they are read. */
  void constant(String name, Constant value) {
    define(name);
    Constant computed = value.type().isHalf() ? Converted.of(value, ElementType.FLOAT32) : value;
    constantBytes =
        Math.addExact(
            constantBytes,
            Math.multiplyExact(computed.shape().size(), (long) computed.type().bytes()));
    options.limits().requireWith(name, file, constantBytes);
    types.half(name, value.type());
    ElementType declared = types.output(name);
    constants.put(
        name,
        declared == null || !value.type().isFloatingPoint()
            ? computed
            : Converted.of(value, declared));
    facts.put(name, Fact.of(computed));
  }

  private void define(String value) {
    if (value.isEmpty() || !defined.add(value)) {
      throw new IllegalArgumentException(
          value.isEmpty() ? "a value has no name" : "value \"" + value + "\" is defined twice");
    }
  }

  /** A known value under a name of its own. Returns the name. */
  String constant(Constant value) {
    String name = names.next(current);
    constant(name, value);
    return name;
  }

  /** A vector of integers under a name of its own. Returns the name. */
  String constant(long... values) {
    return constant(Tensor.ofLongs(Shape.of(values.length), values));
  }

  TensorReader tensors() {
    return tensors;
  }

  /** The fact of a value that holds for every input that the model accepts, or null. */
  @Nullable Fact fact(String value) {
    return facts.get(value);
  }

  /** The value itself where it is known, or null. */
  @Nullable Constant known(String value) {
    Fact fact = facts.get(value);
    return fact == null ? null : fact.constant();
  }

  /** As {@link KnownFacts#longs}. */
  long @Nullable [] knownLongs(String value, int atMost) {
    return facts.longs(value, atMost);
  }

  /** The elements of a known integer value, at most any node's paddings, or null. */
  long @Nullable [] knownLongs(String value) {
    return knownLongs(value, MAX_NUMBERS);
  }

  /** The element type that a value has in the file, or null where it is not known. */
  @Nullable ElementType type(String value) {
    ElementType half = types.half(value);
    return half == null ? facts.type(value) : half;
  }

  /** The rank of a value, or -1 where it is not known. */
  int rank(String value) {
    return facts.rank(value);
  }

  /** Adds an intermediate value. Returns its name. */
  String value(Op op, String... inputs) {
    String name = names.next(current);
    add(new Node(name, op, List.of(inputs), List.of(name)));
    return name;
  }

  /** Makes an operator's result the ONNX node's first output. */
  void result(OnnxNode node, Op op, String... inputs) {
    results(node, op, List.of(inputs), 1);
  }

  /** Makes an operator's result one of the ONNX node's outputs, if that is named. */
  void result(OnnxNode node, int output, Op op, String... inputs) {
    String name = node.outputs().get(output);
    if (!name.isEmpty()) {
      add(new Node(current, op, List.of(inputs), List.of(name)));
    }
  }

  /** Makes an operator's results the ONNX node's outputs, of which some may go unnamed. */
  void results(OnnxNode node, Op op, List<String> inputs, int count) {
    List<String> outputs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean named = i < node.outputs().size() && !node.outputs().get(i).isEmpty();
      outputs.add(named ? node.outputs().get(i) : names.next(current));
    }
    add(new Node(current, op, inputs, outputs));
  }

  private void add(Node node) {
    node.inputs().forEach(this::requireDefined);
    if (!(node.op() instanceof ShapeOf) && !Collections.disjoint(node.inputs(), computed)) {
      computed.addAll(node.outputs());
    }
    List<Fact> results = facts.infer(node);
    if (results != null && results.stream().allMatch(Fact::isConstant)) {
      for (int i = 0; i < node.outputs().size(); i++) {
        constant(node.outputs().get(i), Objects.requireNonNull(results.get(i).constant()));
      }
      return;
    }
    node.outputs().forEach(this::define);
    requireFloat32(results);
    nodes.add(types.computing(node));
    types.castOutputs(node);
  }

  /** Whether a value follows from elements of inputs, not from shapes and parameters alone. */
  boolean hangsOnValues(String value) {
    return computed.contains(value);
  }

  /** Makes the value that branches will read for one of the file's, before they do. */
  void prepare(String value) {
    String made = types.read(value);
    if (defined.contains(value) && defined.add(made)) {
      facts.alias(value, made);
      if (computed.contains(value)) {
        computed.add(made);
      }
    }
  }

  /** The branches of conditionals. */
  BranchNodes branches() {
    return new BranchNodes(nodes, constants, defined, facts, types);
  }

  /** Makes the results of one of two branches the node's outputs; its input is the condition. */
  void choose(OnnxNode node, Branch then, Branch otherwise) {
    List<String> inputs = branches().operands(node.input(0), then, otherwise);
    results(node, new If(then, otherwise), inputs, node.outputs().size());
  }

  private static void requireFloat32(@Nullable List<Fact> results) {
    for (Fact fact : results == null ? List.<Fact>of() : results) {
      if (FloatTypes.isForeign(fact.type())) {
        throw new UnsupportedOperationException("element type " + fact.type());
      }
    }
  }

  /** Casts a value to the node's first output, which the model declares to be of that type. */
  void castOutput(OnnxNode node, ElementType type, String x) {
    String y = node.outputs().get(0);
    requireDefined(x);
    define(y);
    facts.infer(new Node(y, new Cast(ElementType.FLOAT32), List.of(x), List.of(y)));
    nodes.add(new Node(current, new Cast(type), List.of(types.read(x)), List.of(y)));
    types.keep(y, type);
  }

  /** The type that the model declares of an output; null where it is one that nodes compute in. */
  @Nullable ElementType declared(String output) {
    return types.output(output);
  }

  private void requireDefined(String value) {
    if (!defined.contains(value)) {
      throw new IllegalArgumentException("reads \"" + value + "\", which nothing defines");
    }
  }

  /** The finished graph, without constants that nothing reads. */
  Graph finish(List<String> outputs, Map<String, String> metadata) {
    Set<String> read = new HashSet<>(outputs);
    for (Node node : nodes) {
      read.addAll(node.inputs());
      builder.add(node);
    }
    constants.forEach(
        (name, value) -> {
          if (read.contains(name)) {
            builder.constant(name, value);
          }
        });
    for (String output : outputs) {
      if (!defined.contains(output)) {
        throw new GraphException("the model's output \"" + output + "\" is defined by nothing");
      }
      builder.output(output);
    }
    metadata.forEach(builder::metadata);
    return builder.build();
  }
}
