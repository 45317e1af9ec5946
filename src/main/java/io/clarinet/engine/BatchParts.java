package io.clarinet.engine;

import io.clarinet.graph.Graph;
import io.clarinet.graph.GraphException;
import io.clarinet.graph.Input;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.pass.BatchItems;
import io.clarinet.pass.SplitBatch;
import io.clarinet.plan.BatchCost;
import io.clarinet.plan.Plan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Decides which layers run a batch in parts. On a CPU, the large values of a network's front stay
 * in the cache from layer to layer if few pictures are under way; the many weights of its back are
 * read once for all pictures of a part.
 */
final class BatchParts {
  private BatchParts() {}

  /** The graph with its batch in parts where that is predicted to be faster; else the graph. */
  static Graph split(Graph graph, DeviceProfile device, Function<Graph, Plan> planner) {
    int batch = batch(graph);
    if (batch < 2
        || device.kind() != DeviceProfile.Kind.CPU
        || device.limits().cacheBytes() == 0
        || !BatchItems.areIndependent(graph, batch)) {
      return graph;
    }
    BatchLevels levels = new BatchLevels(graph);
    for (int items = batch; items > 0; items = items % 2 == 0 ? items / 2 : 0) {
      Graph part = withItems(graph, items);
      if (items == batch || runs(part, items)) {
        double parts = (double) batch / items;
        double[] seconds = BatchCost.seconds(planner.apply(part), part);
        levels.offer(items, Arrays.stream(seconds).map(s -> s * parts).toArray());
      }
    }
    return new SplitBatch(batch, levels.cheapest()).apply(graph);
  }

  /** Items of the first input that has any; 0 where none has. */
  static int batch(Graph graph) {
    return graph.inputs().stream()
        .filter(input -> !input.dims().isEmpty())
        .mapToInt(input -> input.dims().get(0))
        .findFirst()
        .orElse(0);
  }

  /** Whether a graph for so many items can be, and keeps them apart. */
  static boolean runs(Graph part, int items) {
    try {
      return BatchItems.areIndependent(part, items);
    } catch (GraphException e) {
      return false;
    }
  }

  /** The graph for another number of items. */
  static Graph withItems(Graph graph, int items) {
    List<Input> inputs = new ArrayList<>();
    for (Input input : graph.inputs()) {
      List<Integer> dims = new ArrayList<>(input.dims());
      dims.set(0, items);
      inputs.add(new Input(input.name(), input.type(), dims));
    }
    return new Graph(
        graph.name(), inputs, graph.outputs(), graph.constants(), graph.nodes(), graph.metadata());
  }
}
