package io.clarinet.importer.keras;

import io.clarinet.graph.FreshNames;
import io.clarinet.graph.Graph;
import io.clarinet.graph.GraphBuilder;
import io.clarinet.graph.Input;
import io.clarinet.graph.Node;
import io.clarinet.op.Cast;
import io.clarinet.op.Op;
import io.clarinet.op.Reshape;
import io.clarinet.op.Transpose;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** The graph in the making, whose shapes are known for one example. */
final class KerasTranslation {
  private static final int OPEN_SIDE = 224;
  private static final int MAX_NODES = 100_000;
  private static final int MAX_CALLS = 1 << 15;

  /** Types of inputs other than float32; layers compute in that. */
  private static final Map<String, ElementType> TYPES =
      Map.of(
          "uint8", ElementType.UINT8,
          "float16", ElementType.FLOAT16,
          "bfloat16", ElementType.BFLOAT16,
          "float64", ElementType.FLOAT64);

  private final GraphBuilder graph;
  private final Map<String, Fact> facts = new HashMap<>();
  private final Map<String, Value> turned = new HashMap<>();
  private final FreshNames fresh = new FreshNames(facts.keySet());
  private final Map<Owned, String> constants = new HashMap<>();
  private final Set<String> inputs = new HashSet<>();
  private boolean open;
  private int calls;
  private int nodes;

  KerasTranslation(String name) {
    this.graph = new GraphBuilder(name);
  }

  /**
   * Declares an input.
   *
   * @param extents with the batch; {@link Input#UNKNOWN} where the model leaves them open
   * @param type of its elements by Keras's name; float32 where it is another than bytes and floats
   */
  Value input(String name, List<Integer> extents, String type) {
    Input input = new Input(name, TYPES.getOrDefault(type, ElementType.FLOAT32), extents);
    open |= extents.subList(1, extents.size()).contains(Input.UNKNOWN);
    Shape shape = input.shape(OPEN_SIDE);
    shape = extents.get(0) == Input.UNKNOWN ? shape.with(0, 1) : shape;
    define(name, Fact.of(input.type(), shape));
    graph.input(input);
    inputs.add(name);
    Value declared = new Value(name, false, Fact.of(input.type(), shape));
    return input.type() == ElementType.FLOAT32
        ? declared
        : add(name + "/float32", new Cast(ElementType.FLOAT32), declared);
  }

  private void define(String name, Fact fact) {
    if (facts.put(name, fact) != null) {
      throw new IllegalArgumentException("there are two values of the name \"" + name + "\"");
    }
  }

  /** Keeps the names of layers' calls for them. */
  void reserve(Collection<String> calls) {
    fresh.reserve(calls);
  }

  /** The call of a layer that the following additions are for. */
  void begin(String call) {
    if (++calls > MAX_CALLS) {
      throw new IllegalArgumentException("it has more than " + MAX_CALLS + " calls of layers");
    }
    fresh.release(call);
  }

  /** Adds a known value, unless its owner has one of this role already. Returns its name. */
  String constant(Owned key, Constant value) {
    return constants.computeIfAbsent(
        key,
        k -> {
          String name = fresh.free(k.prefix() + k.owner() + "/" + k.role());
          define(name, Fact.of(value));
          return graph.constant(name, value);
        });
  }

  /**
   * A constant of a layer, or of one call of it.
   *
   * @param prefix prefix of the owner's name, one for each nested network
   */
  record Owned(String prefix, String owner, String role) {}

  /** Adds a node whose result is in the form of {@code like}. */
  Value add(String name, Op op, Value like, String... otherInputs) {
    List<String> inputs = new ArrayList<>(List.of(like.name()));
    inputs.addAll(List.of(otherInputs));
    return add(name, op, like.moved(), inputs);
  }

  /** Adds a node whose first output is the value, named so unless another value is. */
  Value add(String wanted, Op op, boolean moved, List<String> inputs) {
    String name = fresh.free(wanted);
    if (++nodes > MAX_NODES) {
      throw new IllegalArgumentException("it has more than " + MAX_NODES + " operators");
    }
    List<Fact> known = inputs.stream().map(facts::get).toList();
    List<String> outputs = new ArrayList<>(List.of(name));
    List<Fact> results = Graph.infer(new Node(name, op, inputs, outputs), known);
    for (int i = 1; i < results.size(); i++) {
      outputs.add(fresh.free(name + "/" + i));
    }
    for (int i = 0; i < outputs.size(); i++) {
      define(outputs.get(i), results.get(i));
    }
    graph.add(new Node(name, op, inputs, outputs));
    return new Value(name, moved, results.get(0));
  }

  /** The value with its channels, the model's last axis, second. */
  Value moved(Value value) {
    return value.moved() || value.rank() < 3 ? value : turned(value, "/nchw");
  }

  /** The value with the axes of the model. */
  Value plain(Value value) {
    return value.moved() ? turned(value, "/nhwc") : value;
  }

  private Value turned(Value value, String suffix) {
    Value known = turned.get(value.name());
    if (known == null) {
      known = turn(value, suffix);
      turned.put(value.name(), known);
      turned.put(known.name(), value);
    }
    return known;
  }

  private Value turn(Value value, String suffix) {
    int rank = value.rank();
    List<Integer> order =
        IntStream.range(0, rank)
            .map(i -> i == 0 ? 0 : value.moved() ? i % (rank - 1) + 1 : i == 1 ? rank - 1 : i - 1)
            .boxed()
            .toList();
    Shape shape = value.fact().shape();
    boolean samePlaces = shape.dim(value.moved() ? 1 : -1) == 1 || pixels(value) == 1;
    Op op = new Transpose(order);
    if (samePlaces && !open) {
      int[] dims = order.stream().mapToInt(shape::dim).toArray();
      op = reshape(dims);
    }
    return add(value.name() + suffix, op, !value.moved(), List.of(value.name()));
  }

  /** Elements of a channel. */
  long pixels(Value value) {
    Shape shape = value.fact().shape();
    return shape.size(1, shape.rank()) / Math.max(1, shape.dim(value.moved() ? 1 : -1));
  }

  /** Whether extents besides the batch are open, so that shapes here are but an example. */
  boolean isOpen() {
    return open;
  }

  /** A reshaping to these extents that leaves the batch as it is. */
  static Reshape reshape(int... dims) {
    List<Long> extents = new ArrayList<>();
    for (int i = 0; i < dims.length; i++) {
      extents.add(i == 0 ? 0L : (long) dims[i]);
    }
    return new Reshape(new Reshape.Rule.To(extents, false));
  }

  /** The finished graph. */
  Graph finish(List<Value> outputs, Map<String, String> metadata) {
    for (Value output : outputs) {
      Value plain = plain(output);
      boolean given = inputs.contains(plain.name());
      Value made = given ? add(plain.name() + "/output", Reshape.IDENTITY, plain) : plain;
      graph.output(made.name());
    }
    metadata.forEach(graph::metadata);
    return graph.build();
  }
}
