package io.clarinet.random;

import io.clarinet.graph.Graph;
import io.clarinet.graph.GraphException;
import io.clarinet.graph.ReferenceRunner;
import io.clarinet.pass.Passes;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;

/** The JVM target, with the graph opened to any batch and run at none, against the reference. */
final class EmptyBatchCheck implements Check {

  @Override
  public String name() {
    return "JVM, empty batch";
  }

  @Override
  public Map<String, Tensor> run(Problem problem) throws Unsuitable {
    Graph open = OpenBatchCheck.opened(problem.graph());
    Map<String, Tensor> inputs = new HashMap<>();
    Map<String, Shape> shapes = new HashMap<>();
    problem
        .inputs()
        .forEach(
            (name, x) -> {
              Shape none = x.shape().with(0, 0);
              inputs.put(name, Tensor.zeros(x.type(), none));
              shapes.put(name, none);
            });
    Graph empty = concrete(open, shapes);
    Map<String, Tensor> expected = new ReferenceRunner(empty).run(inputs);
    Graph lean = Passes.standard().apply(empty);
    Map<String, Tensor> found = JvmCheck.run(lean, inputs, problem.chance());
    Verdict.wrong(found, expected)
        .ifPresent(
            wrong -> {
              throw new AssertionError(wrong);
            });
    return problem.expected();
  }

  private static Graph concrete(Graph open, Map<String, Shape> shapes) throws Unsuitable {
    Graph concrete = open.specialised(shapes);
    try {
      concrete.facts();
    } catch (GraphException e) {
      throw new Unsuitable("no shapes follow from a batch of 0");
    }
    return concrete;
  }
}
