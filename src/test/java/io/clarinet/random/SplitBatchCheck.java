package io.clarinet.random;

import io.clarinet.graph.Graph;
import io.clarinet.graph.GraphException;
import io.clarinet.graph.Input;
import io.clarinet.pass.BatchItems;
import io.clarinet.pass.Passes;
import io.clarinet.pass.SplitBatch;
import io.clarinet.pass.SplitBatch.Level;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The JVM target, with the graph's front run on a few items of the batch at a time. */
final class SplitBatchCheck implements Check {

  @Override
  public String name() {
    return "JVM, batch in parts";
  }

  @Override
  public Map<String, Tensor> run(Problem problem) throws Unsuitable {
    Graph lean = Passes.standard().apply(problem.graph());
    int batch = batch(lean);
    if (lean.nodes().isEmpty() || batch < 2 || !BatchItems.areIndependent(lean, batch)) {
      throw new Unsuitable("items may look at each other");
    }
    List<Integer> sizes =
        IntStream.range(1, batch)
            .filter(items -> batch % items == 0 && keepsItemsApart(lean, items))
            .boxed()
            .toList();
    if (sizes.isEmpty()) {
      throw new Unsuitable("the graph says its batch");
    }
    Chance chance = problem.chance();
    List<Level> levels = levels(sizes, batch, lean.nodes().size(), chance);
    SplitBatch split = new SplitBatch(batch, levels, strands(levels, batch, chance));
    return JvmCheck.run(split.apply(lean), problem.inputs(), chance);
  }

  private static int batch(Graph graph) {
    return graph.inputs().isEmpty() || graph.inputs().get(0).dims().isEmpty()
        ? 0
        : graph.inputs().get(0).dims().get(0);
  }

  private static boolean keepsItemsApart(Graph graph, int items) {
    List<Input> inputs = new ArrayList<>();
    for (Input input : graph.inputs()) {
      List<Integer> dims = new ArrayList<>(input.dims());
      dims.set(0, items);
      inputs.add(new Input(input.name(), input.type(), dims));
    }
    try {
      return BatchItems.areIndependent(
          new Graph("part", inputs, graph.outputs(), graph.constants(), graph.nodes(), Map.of()),
          items);
    } catch (GraphException e) {
      return false;
    }
  }

  private static int strands(List<Level> levels, int batch, Chance chance) {
    int most = batch / levels.get(levels.size() - 2).items();
    return chance.of(IntStream.rangeClosed(1, most).filter(n -> most % n == 0).boxed().toList());
  }

  /** One or two levels of parts, then the whole. */
  private static List<Level> levels(List<Integer> sizes, int batch, int nodes, Chance chance) {
    int items = chance.of(sizes);
    int end = chance.from(1, nodes);
    List<Level> levels = new ArrayList<>(List.of(new Level(items, end)));
    List<Integer> larger = sizes.stream().filter(s -> s > items && s % items == 0).toList();
    if (!larger.isEmpty() && end < nodes) {
      levels.add(new Level(chance.of(larger), chance.from(end, nodes)));
    }
    levels.add(new Level(batch, nodes));
    return levels;
  }
}
