package io.clarinet.random;

import io.clarinet.graph.Graph;
import io.clarinet.graph.GraphException;
import io.clarinet.op.Concat;
import io.clarinet.op.Op;
import io.clarinet.op.ShapeOf;
import io.clarinet.op.Slice;
import io.clarinet.pass.OpenBatch;
import io.clarinet.pass.Passes;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JVM target, with the graph opened to any batch and run at twice its own: on its items, then
 * on the same in reverse order. One half of each result must be the problem's.
 */
final class OpenBatchCheck implements Check {
  private static final Op JOINED = new Concat(0);
  private static final Op REVERSED = new Slice(List.of(new Slice.Range(0, -1, Long.MIN_VALUE, -1)));

  @Override
  public String name() {
    return "JVM, opened batch";
  }

  @Override
  public Map<String, Tensor> run(Problem problem) throws Unsuitable {
    Graph open = opened(problem.graph());
    Map<String, Tensor> inputs = new HashMap<>();
    Map<String, Shape> shapes = new HashMap<>();
    problem
        .inputs()
        .forEach(
            (name, x) -> {
              Tensor both = only(JOINED, x, only(REVERSED, x));
              inputs.put(name, both);
              shapes.put(name, both.shape());
            });
    Graph lean = Passes.standard().apply(open.specialised(shapes));
    Map<String, Tensor> found = JvmCheck.run(lean, inputs, problem.chance());
    return halves(found, problem.expected(), problem.chance().one(2));
  }

  private static Tensor only(Op op, Tensor... inputs) {
    return op.evaluate(List.of(inputs)).get(0);
  }

  static Graph opened(Graph graph) throws Unsuitable {
    if (graph.nodes().stream().anyMatch(node -> node.op() instanceof ShapeOf)) {
      throw new Unsuitable("results may tell of the batch");
    }
    try {
      return OpenBatch.apply(graph);
    } catch (GraphException e) {
      throw new Unsuitable("items may look at each other");
    }
  }

  /** One half of each result; those that have none, being made of the shapes, pass. */
  private static Map<String, Tensor> halves(
      Map<String, Tensor> found, Map<String, Tensor> expected, boolean first) {
    Map<String, Tensor> halves = new LinkedHashMap<>();
    expected.forEach(
        (name, one) -> {
          Tensor both = found.get(name);
          boolean perItem = !both.shape().equals(one.shape());
          Tensor whole = perItem && !first ? only(REVERSED, both) : both;
          halves.put(name, perItem ? only(firstHalf(both), whole) : one);
        });
    return halves;
  }

  private static Op firstHalf(Tensor both) {
    return new Slice(List.of(new Slice.Range(0, 0, both.shape().n() / 2, 1)));
  }
}
