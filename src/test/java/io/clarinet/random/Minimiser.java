package io.clarinet.random;

import io.clarinet.graph.Graph;
import io.clarinet.graph.Input;
import io.clarinet.graph.Node;
import io.clarinet.graph.ReferenceRunner;
import io.clarinet.op.Slice;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes a problem smaller for as long as it still fails. */
final class Minimiser {
  private final Predicate<Problem> fails;

  /**
   * @param fails whether a problem, which may be any, still shows what is looked for
   */
  Minimiser(Predicate<Problem> fails) {
    this.fails = fails;
  }

  /** The smallest problem found. */
  Problem smallest(Problem problem) {
    Problem smallest = problem;
    for (Optional<Problem> next = Optional.of(problem);
        next.isPresent();
        next = smaller(smallest)) {
      smallest = next.get();
    }
    return smallest;
  }

  private Optional<Problem> smaller(Problem problem) {
    Map<String, Tensor> values = new HashMap<>();
    new ReferenceRunner(problem.graph()).run(problem.inputs(), values::put);
    return Stream.of(
            oneOutput(problem), cut(problem, values), bypassed(problem, values), shrunk(problem))
        .flatMap(Function.identity())
        .flatMap(candidate -> made(candidate).stream())
        .filter(candidate -> size(candidate) < size(problem))
        .filter(fails)
        .findFirst();
  }

  private static Optional<Problem> made(Supplier<Problem> candidate) {
    try {
      return Optional.of(candidate.get());
    } catch (IllegalArgumentException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** Nodes first, then outputs and inputs, then elements. */
  private static long size(Problem problem) {
    Graph graph = problem.graph();
    long elements =
        Stream.concat(
                problem.inputs().values().stream(),
                graph.constants().values().stream().map(Constant::tensor))
            .mapToLong(tensor -> tensor.shape().size())
            .sum();
    return (graph.nodes().size() * 100L + graph.outputs().size() + graph.inputs().size())
            * 1_000_000
        + elements;
  }

  /** One value in place of all outputs. */
  private static Stream<Supplier<Problem>> oneOutput(Problem problem) {
    Graph graph = problem.graph();
    return graph.nodes().stream()
        .flatMap(node -> node.outputs().stream())
        .map(value -> () -> problem(problem, graph.nodes(), List.of(value), problem.inputs()));
  }

  /** A node's outputs made inputs. */
  private static Stream<Supplier<Problem>> cut(Problem problem, Map<String, Tensor> values) {
    Graph graph = problem.graph();
    return graph.nodes().stream()
        .map(
            node ->
                () -> {
                  Map<String, Tensor> inputs = new LinkedHashMap<>(problem.inputs());
                  node.outputs().forEach(value -> inputs.put(value, values.get(value)));
                  List<Node> nodes = new ArrayList<>(graph.nodes());
                  nodes.remove(node);
                  return problem(problem, nodes, graph.outputs(), inputs);
                });
  }

  /** An input of a node in place of its output. */
  private static Stream<Supplier<Problem>> bypassed(Problem problem, Map<String, Tensor> values) {
    return problem.graph().nodes().stream()
        .flatMap(
            node ->
                node.inputs().stream()
                    .filter(input -> alike(values.get(input), values.get(node.output())))
                    .map(input -> () -> without(problem, node, input)));
  }

  private static boolean alike(Tensor a, Tensor b) {
    return a != null && a.type() == b.type() && a.shape().equals(b.shape());
  }

  private static Problem without(Problem problem, Node gone, String instead) {
    List<Node> nodes = new ArrayList<>();
    for (Node node : problem.graph().nodes()) {
      List<String> inputs = new ArrayList<>(node.inputs());
      inputs.replaceAll(input -> input.equals(gone.output()) ? instead : input);
      nodes.add(new Node(node.name(), node.op(), inputs, node.outputs()));
    }
    nodes.removeIf(node -> node.name().equals(gone.name()));
    return problem(problem, nodes, problem.graph().outputs(), problem.inputs());
  }

  /** An extent made smaller wherever inputs and constants have it. */
  private static Stream<Supplier<Problem>> shrunk(Problem problem) {
    Set<Integer> extents = new TreeSet<>();
    Stream.concat(problem.inputs().values().stream(), problem.graph().constants().values().stream())
        .forEach(c -> Arrays.stream(c.shape().dims()).forEach(extents::add));
    return extents.stream()
        .flatMap(
            extent ->
                IntStream.of(1, 2, extent / 2, extent - 1)
                    .filter(less -> less > 0 && less < extent)
                    .mapToObj(less -> () -> shrunk(problem, extent, less)));
  }

  private static Problem shrunk(Problem problem, int extent, int less) {
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    problem.inputs().forEach((name, tensor) -> inputs.put(name, start(tensor, extent, less)));
    Map<String, Constant> constants = new LinkedHashMap<>();
    Graph graph = problem.graph();
    graph
        .constants()
        .forEach((name, constant) -> constants.put(name, start(constant.tensor(), extent, less)));
    Graph smaller =
        new Graph(
            graph.name(), declared(inputs), graph.outputs(), constants, graph.nodes(), Map.of());
    return Problem.of(problem.seed(), smaller, inputs);
  }

  /** The first elements along every axis of this extent. */
  private static Tensor start(Tensor tensor, int extent, int less) {
    List<Slice.Range> ranges =
        IntStream.range(0, tensor.shape().rank())
            .filter(axis -> tensor.shape().dim(axis) == extent)
            .mapToObj(axis -> new Slice.Range(axis, 0, less, 1))
            .toList();
    return new Slice(ranges).evaluate(List.of(tensor)).get(0);
  }

  private static List<Input> declared(Map<String, Tensor> inputs) {
    return inputs.entrySet().stream().map(e -> declared(e.getKey(), e.getValue())).toList();
  }

  private static Input declared(String name, Tensor tensor) {
    Shape shape = tensor.shape();
    return new Input(name, tensor.type(), Arrays.stream(shape.dims()).boxed().toList());
  }

  /** The nodes and inputs that the outputs need. */
  private static Problem problem(
      Problem from, List<Node> nodes, List<String> outputs, Map<String, Tensor> inputs) {
    Set<String> needed = new HashSet<>(outputs);
    List<Node> kept = new ArrayList<>();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      if (node.outputs().stream().anyMatch(needed::contains)) {
        kept.add(0, node);
        needed.addAll(node.inputs());
      }
    }
    Map<String, Tensor> given = new LinkedHashMap<>(inputs);
    given.keySet().retainAll(needed);
    Map<String, Constant> constants = new LinkedHashMap<>(from.graph().constants());
    constants.keySet().retainAll(needed);
    Graph graph =
        new Graph(from.graph().name(), declared(given), outputs, constants, kept, Map.of());
    return Problem.of(from.seed(), graph, given);
  }
}
