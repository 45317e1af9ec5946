package io.clarinet.importer;

import io.clarinet.graph.Graph;
import io.clarinet.graph.Input;
import io.clarinet.op.Binary;
import io.clarinet.op.Op;
import io.clarinet.op.Reduce;
import io.clarinet.op.Unary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a model's file says of the model, whether or not Clarinet can run it.
 *
 * @param format the file's format
 * @param origin versions and producer, by what they are of: {@code opset}, {@code keras}
 * @param inputs what the model takes, without its weights
 * @param outputs what it gives
 * @param operators how often it has each kind of operator or layer, by the file's names for them,
 *     the most frequent first
 * @param parameters number of elements of its weights
 * @param parameterBytes bytes that these take in the file, decompressed
 * @param metadata what the file says beside the model, such as labels
 */
public record Outline(
    String format,
    Map<String, String> origin,
    List<Value> inputs,
    List<Value> outputs,
    Map<String, Integer> operators,
    long parameters,
    long parameterBytes,
    Map<String, String> metadata) {

  public Outline {
    origin = Collections.unmodifiableMap(new LinkedHashMap<>(origin));
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    operators = mostFirst(operators);
    metadata = Map.copyOf(metadata);
  }

  /**
   * An input or output.
   *
   * @param type its element type; empty where the file does not say
   * @param extents a number or a name each, {@code ?} where it has none; null for an unknown rank
   */
  public record Value(String name, String type, @Nullable List<String> extents) {

    /** As the file of a graph declares it. */
    static Value of(Input input) {
      List<String> extents =
          input.dims().stream().map(d -> d == Input.UNKNOWN ? "?" : d.toString()).toList();
      return new Value(input.name(), type(input.type().name()), extents);
    }

    /** A type's name for people. */
    public static String type(String name) {
      return name.toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
      String shape = extents == null ? "" : " " + String.join("x", extents);
      return name + (type.isEmpty() ? "" : ": " + type + shape);
    }
  }

  private static Map<String, Integer> mostFirst(Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .collect(
            Collectors.collectingAndThen(
                Collectors.toMap(
                    Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new),
                Collections::unmodifiableMap));
  }

  /** The outline of a graph that is not a file's own, as of a network of the zoo. */
  public static Outline of(String format, Graph graph) {
    Map<String, Integer> operators = new LinkedHashMap<>();
    graph.nodes().forEach(node -> operators.merge(kind(node.op()), 1, Integer::sum));
    List<Value> outputs = new ArrayList<>();
    graph.outputs().forEach(name -> outputs.add(new Value(name, "", null)));
    Weighed weights = Weighed.of(graph);
    return new Outline(
        format,
        Map.of(),
        graph.inputs().stream().map(Value::of).toList(),
        outputs,
        operators,
        weights.parameters(),
        weights.bytes(),
        graph.metadata());
  }

  private static String kind(Op op) {
    return op instanceof Unary unary
        ? unary.kind().name().toLowerCase(Locale.ROOT)
        : op instanceof Binary binary
            ? binary.kind().name().toLowerCase(Locale.ROOT)
            : op instanceof Reduce reduce
                ? "reduce " + reduce.kind().name().toLowerCase(Locale.ROOT)
                : op.name();
  }
}
