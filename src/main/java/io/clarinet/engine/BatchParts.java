package io.clarinet.engine;

import io.clarinet.backend.opencl.Compilation;
import io.clarinet.engine.BatchLevels.Cheapest;
import io.clarinet.graph.Graph;
import io.clarinet.graph.GraphException;
import io.clarinet.graph.Input;
import io.clarinet.graph.Node;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.pass.BatchItems;
import io.clarinet.pass.SplitBatch;
import io.clarinet.plan.BatchCost;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Planner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * Decides which layers run a batch in parts. On a CPU, the large values of a network's front stay
 * in the cache from layer to layer if few pictures are under way; the many weights of its back are
 * read once for all pictures of a part. And where strands can run side by side, each core may take
 * pictures of its own through the network, so that none waits for another.
 */
final class BatchParts {
  /** Least predicted saving for strands, as a share of the time without. */
  private static final double WORTH_IT = 0.01;

  private final Graph graph;
  private final int batch;
  private final DeviceProfile device;
  private final Planner planner;

  private BatchParts(Graph graph, DeviceProfile device, Planner planner) {
    this.graph = graph;
    this.batch = batch(graph);
    this.device = device;
    this.planner = planner;
  }

  /**
   * The graph with its batch in parts where that is predicted to be faster; else the graph.
   *
   * @param runsStrands whether a plan's strands would run side by side
   */
  static Graph split(
      Graph graph, DeviceProfile device, Planner planner, Predicate<Plan> runsStrands) {
    BatchParts parts = new BatchParts(graph, device, planner);
    if (parts.batch < 2
        || device.kind() != DeviceProfile.Kind.CPU
        || device.limits().cacheBytes() == 0
        || !BatchItems.areIndependent(graph, parts.batch)) {
      return graph;
    }
    boolean chains = !device.struckOff().containsKey(Compilation.CHAIN);
    Graph split = parts.split(chains ? device.limits().computeUnits() : 1).apply(graph);
    return split.nodes().stream().allMatch(node -> node.strand().equals(Node.Strand.ONLY))
            || runsStrands.test(planner.plan(split, device))
        ? split
        : parts.split(1).apply(graph);
  }

  /** The cheapest way, in at most so many strands. */
  private SplitBatch split(int most) {
    boolean meet = most > 1;
    double[] whole = seconds(graph, device, meet);
    Cheapest best = cheapest(1, whole, meet);
    int strands = 1;
    for (int more = 2; more <= most; more++) {
      if (most % more == 0 && batch % more == 0 && runs(batch / more)) {
        Cheapest other = cheapest(more, whole, more < most);
        if (other.seconds() < (1 - WORTH_IT) * best.seconds()) {
          best = other;
          strands = more;
        }
      }
    }
    return new SplitBatch(batch, best.levels(), best.levels().size() > 1 ? strands : 1);
  }

  /**
   * The cheapest levels: the last the batch as a whole, the others of one of so many strands, on
   * its share of the device.
   *
   * @param whole predicted seconds of the batch as a whole
   * @param meet whether several cores run a strand
   */
  private Cheapest cheapest(int strands, double[] whole, boolean meet) {
    DeviceProfile share = device.share(strands);
    BatchLevels levels = new BatchLevels(graph);
    levels.offer(batch, whole);
    int most = batch / strands;
    for (int items = strands == 1 ? half(most) : most; items > 0; items = half(items)) {
      if (runs(items)) {
        double parts = (double) most / items;
        double[] seconds = seconds(withItems(graph, items), share, meet);
        levels.offer(items, Arrays.stream(seconds).map(s -> s * parts).toArray());
      }
    }
    return levels.cheapest();
  }

  private double[] seconds(Graph part, DeviceProfile share, boolean meet) {
    return BatchCost.seconds(planner.plan(part, share), part, meet);
  }

  private static int half(int items) {
    return items % 2 == 0 ? items / 2 : 0;
  }

  private boolean runs(int items) {
    return runs(withItems(graph, items), items);
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
