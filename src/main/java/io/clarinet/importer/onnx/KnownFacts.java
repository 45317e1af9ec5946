package io.clarinet.importer.onnx;

import io.clarinet.graph.Graph;
import io.clarinet.graph.GraphException;
import io.clarinet.graph.Input;
import io.clarinet.graph.Node;
import io.clarinet.op.If;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Converted;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a model's values while it is imported: those that hold for every input the model
 * accepts, and, where it leaves extents open, those for one likely input, good for ranks only.
 */
final class KnownFacts {
  private static final int LIKELY_EXTENT = 224;

  /** Bounds the work of settling all nodes, in elements of inputs times elements of outputs. */
  private long budget = 1L << 23;

  /** Bounds the work of inferring branches, those inside of others each time, in their nodes. */
  private long branches = 1 << 12;

  private final Map<String, Fact> certain = new HashMap<>();
  private final Map<String, Fact> likely = new HashMap<>();

  void input(Input input) {
    if (input.dims().contains(Input.UNKNOWN)) {
      Shape shape = input.shape(LIKELY_EXTENT);
      likely.put(
          input.name(),
          Fact.of(input.type(), input.dims().get(0) == Input.UNKNOWN ? shape.with(0, 1) : shape));
    } else {
      put(input.name(), Fact.of(input.type(), input.shape(0)));
    }
  }

  void put(String value, Fact fact) {
    certain.put(value, fact);
    likely.put(value, fact);
  }

  /** Gives a value the facts of another. */
  void alias(String value, String other) {
    if (certain.containsKey(value)) {
      certain.put(other, certain.get(value));
    }
    if (likely.containsKey(value)) {
      likely.put(other, likely.get(value));
    }
  }

  @Nullable Fact get(String value) {
    return certain.get(value);
  }

  /** Rank of a value; -1 where it is not known. */
  int rank(String value) {
    Fact fact = likely.get(value);
    return fact == null ? -1 : fact.shape().rank();
  }

  /** Element type of a value; null where it is not known. */
  @Nullable ElementType type(String value) {
    Fact fact = likely.get(value);
    return fact == null ? null : fact.type();
  }

  /**
   * Infers the facts of a node's outputs. Returns those that hold for every input; null if they are
   * not known.
   *
   * @throws GraphException if the node does not fit its inputs
   */
  @Nullable List<Fact> infer(Node node) {
    if (node.op() instanceof If choice) {
      branches -= Math.min(branches + 1, choice.size());
    }
    if (branches < 0 && node.op() instanceof If) {
      return null;
    }
    List<Fact> inputs = facts(node, certain);
    if (inputs == null) {
      guess(node);
      return null;
    }
    try {
      List<Fact> results = settled(node, inputs);
      note(node, results, certain);
      note(node, results, likely);
      return results;
    } catch (GraphException e) {
      if (e.needsValue()) {
        return null;
      }
      throw e;
    }
  }

  private void guess(Node node) {
    List<Fact> inputs = facts(node, likely);
    if (inputs != null) {
      try {
        note(node, settled(node, inputs), likely);
      } catch (GraphException e) {
        // The likely input does not fit: nothing is known from here on.
        return;
      }
    }
  }

  private static void note(Node node, List<Fact> results, Map<String, Fact> facts) {
    for (int i = 0; i < node.outputs().size(); i++) {
      facts.put(node.outputs().get(i), results.get(i));
    }
  }

  private static @Nullable List<Fact> facts(Node node, Map<String, Fact> known) {
    List<Fact> facts = new ArrayList<>(node.inputs().size());
    for (String input : node.inputs()) {
      Fact fact = known.get(input);
      if (fact == null) {
        return null;
      }
      facts.add(fact);
    }
    return facts;
  }

  /**
   * The elements of a known integer value, or null.
   *
   * @throws IllegalArgumentException if they are more than {@code atMost}
   */
  long @Nullable [] longs(String value, int atMost) {
    Fact fact = get(value);
    Constant constant = fact == null ? null : fact.constant();
    if (constant == null || constant.type().isFloatingPoint()) {
      return null;
    }
    if (constant.shape().size() > atMost) {
      throw new IllegalArgumentException(
          "\"" + value + "\" is " + constant.shape() + " where at most " + atMost + " numbers fit");
    }
    return constant.tensor().toLongArray();
  }

  /** Known float64 numbers make known ones, and else are read as float32. */
  private List<Fact> settled(Node node, List<Fact> inputs) {
    List<Fact> narrowed = narrowed(inputs);
    if (budget < 0 || !areConstant(inputs)) {
      return Graph.infer(node, narrowed);
    }
    boolean exact = inputs.stream().anyMatch(KnownFacts::isDouble) && isOfOneFloat(inputs);
    List<Fact> results = exact ? exactly(node, inputs, narrowed) : Graph.settled(node, narrowed);
    budget -= Math.min(budget + 1, elements(inputs) * Math.min(1 << 20, elements(results)));
    return results;
  }

  private static List<Fact> exactly(Node node, List<Fact> inputs, List<Fact> narrowed) {
    try {
      List<Fact> results = Graph.settled(node, inputs);
      if (results.stream().allMatch(Fact::isConstant)) {
        return results;
      }
    } catch (GraphException e) {
      // An operator that takes float32 only.
    }
    return Graph.settled(node, narrowed);
  }

  private static boolean isDouble(Fact fact) {
    return fact.type() == ElementType.FLOAT64;
  }

  /** The same list where there is nothing to narrow, as files may have very many nodes. */
  private static List<Fact> narrowed(List<Fact> facts) {
    for (Fact fact : facts) {
      if (fact.constant() != null && isDouble(fact)) {
        return facts.stream().map(KnownFacts::narrowed).toList();
      }
    }
    return facts;
  }

  private static Fact narrowed(Fact fact) {
    return fact.constant() != null && isDouble(fact)
        ? Fact.of(Converted.of(fact.constant(), ElementType.FLOAT32))
        : fact;
  }

  private static boolean areConstant(List<Fact> facts) {
    for (Fact fact : facts) {
      if (!fact.isConstant()) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOfOneFloat(List<Fact> facts) {
    return facts.stream().map(Fact::type).filter(ElementType::isFloatingPoint).distinct().count()
        <= 1;
  }

  private static long elements(List<Fact> facts) {
    return facts.stream().mapToLong(f -> Math.min(1 << 20, f.shape().size())).sum();
  }
}
