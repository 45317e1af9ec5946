package io.clarinet.random;

import io.clarinet.graph.Graph;
import io.clarinet.graph.GraphBuilder;
import io.clarinet.graph.Input;
import io.clarinet.graph.Node;
import io.clarinet.op.Op;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A random graph in the making. Every node is run as it is added, and is left out where its result
 * would not tell right from wrong: see {@link Steadiness}.
 */
final class Sketch {
  private static final int MAX_ELEMENTS = 3000;

  final Chance chance;
  private final Steadiness steadiness;
  private final GraphBuilder builder;
  private final Map<String, Tensor> inputs = new LinkedHashMap<>();
  private final List<Value> values = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private int named;

  Sketch(String name, Chance chance) {
    this.chance = chance;
    this.steadiness = new Steadiness(chance.random());
    this.builder = new GraphBuilder(name);
  }

  List<Value> values() {
    return values;
  }

  List<Node> nodes() {
    return nodes;
  }

  Map<String, Tensor> inputs() {
    return inputs;
  }

  private String name(String stem) {
    return stem + named++;
  }

  /** Declares an input of these elements. */
  Value input(Tensor tensor) {
    String name = name("x");
    List<Integer> dims = Arrays.stream(tensor.shape().dims()).boxed().toList();
    builder.input(new Input(name, tensor.type(), dims));
    inputs.put(name, tensor);
    return known(new Value(name, tensor, tensor));
  }

  private Value known(Value value) {
    values.add(value);
    return value;
  }

  /** Adds a constant, which no later word finds by itself. */
  Value constant(Constant constant) {
    String name = builder.constant(name("c"), constant);
    return new Value(name, constant.tensor(), constant.tensor());
  }

  Value constant(long... elements) {
    return constant(Tensor.ofLongs(Shape.of(elements.length), elements));
  }

  /** Normally distributed weights, mostly constant. */
  Value weights(double mean, double deviation, int... dims) {
    Tensor tensor = chance.normal(mean, deviation, dims);
    return chance.one(12) ? input(tensor) : constant(tensor);
  }

  /** Some value that fits, the last ones more often than the first. */
  Optional<Value> find(Predicate<Value> fits) {
    List<Value> found = values.stream().filter(fits).toList();
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(found.get(found.size() - 1 - chance.skewed(found.size())));
  }

  /** Some image. */
  Optional<Value> image() {
    return find(Value::isImage);
  }

  /** Some float32 value of a rank from {@code least} on. */
  Optional<Value> real(int least) {
    return find(v -> v.isReal() && v.rank() >= least);
  }

  /** Adds a node of one output that is used, if it fits its inputs and its results are steady. */
  Optional<Value> add(Op op, Value... from) {
    return all(op, 1, from).stream().findFirst();
  }

  /** All outputs of an operator added like {@link #add}; none if it was not added. */
  List<Value> all(Op op, Value... from) {
    return all(op, Integer.MAX_VALUE, from);
  }

  private List<Value> all(Op op, int used, Value... from) {
    Optional<List<Steadiness.Result>> results = steadiness.results(op, List.of(from));
    if (results.isEmpty()
        || results.get().stream().anyMatch(r -> r.exact().shape().size() > MAX_ELEMENTS)) {
      return List.of();
    }
    String stem = name(op.name().toLowerCase(Locale.ROOT));
    List<Value> made = new ArrayList<>();
    for (Steadiness.Result result : results.get()) {
      String name = made.isEmpty() ? stem : stem + "_" + made.size();
      made.add(new Value(name, result.exact(), result.shaken()));
    }
    Node node =
        new Node(
            stem,
            op,
            Arrays.stream(from).map(Value::name).toList(),
            made.stream().map(Value::name).toList());
    builder.add(node);
    nodes.add(node);
    made.stream().limit(used).forEach(this::known);
    return made;
  }

  /** The graph with these outputs. */
  Graph graph(List<Value> outputs) {
    outputs.forEach(o -> builder.output(o.name()));
    return builder.build();
  }

  /** Whether a value's type is that of indices. */
  static boolean isIndex(Value value) {
    return value.exact().type() == ElementType.INT64;
  }
}
