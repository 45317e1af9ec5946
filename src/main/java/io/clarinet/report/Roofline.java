package io.clarinet.report;

import io.clarinet.graph.Graph;
import io.clarinet.graph.Node;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.op.Conv2d;
import io.clarinet.tensor.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The time that a layer takes at least on a device: its multiplications at the measured peak, or
 * its weights and results once through memory, whichever is longer. A 3×3 convolution may multiply
 * as Winograd's F(2×2,3×3) or F(4×4,3×3) does, and then reads as many weights.
 */
public final class Roofline {
  private static final int TAPS = 9;

  private Roofline() {}

  /** The lower bound of all layers of a graph of concrete shapes. */
  public static double seconds(Graph graph, DeviceProfile device) {
    return floor(graph).seconds(device.speed().peakFlops(), device.speed().bandwidth());
  }

  /** What bounds all layers of a graph of concrete shapes. */
  static Floor floor(Graph graph) {
    Map<String, Fact> facts = graph.facts();
    return new Floor(graph.nodes().stream().map(node -> ways(node, graph, facts)).toList());
  }

  /** What bounds one of them. */
  static Floor floor(Node node, Graph graph, Map<String, Fact> facts) {
    return new Floor(List.of(ways(node, graph, facts)));
  }

  private static List<Floor.Way> ways(Node node, Graph graph, Map<String, Fact> facts) {
    double weights = 0;
    double values = 0;
    for (String input : node.inputs()) {
      Fact fact = fact(facts, input);
      if (fact.isConstant()) {
        weights += bytes(fact);
      } else if (graph.input(input) != null) {
        values += bytes(fact);
      }
    }
    for (String output : node.outputs()) {
      values += bytes(fact(facts, output));
    }
    double flops =
        2.0
            * node.op()
                .multiplyAdds(
                    node.inputs().stream().map(i -> fact(facts, i)).toList(),
                    node.outputs().stream().map(o -> fact(facts, o)).toList());
    List<Floor.Way> ways = new ArrayList<>();
    ways.add(new Floor.Way(flops, weights + values));
    if (node.op() instanceof Conv2d conv && conv.hasWinograd()) {
      for (int m : new int[] {2, 4}) {
        double points = (m + 2.0) * (m + 2);
        double multiplied = flops * points / (TAPS * m * m);
        ways.add(new Floor.Way(multiplied, weights * points / TAPS + values));
      }
    }
    return ways;
  }

  private static Fact fact(Map<String, Fact> facts, String value) {
    return Objects.requireNonNull(facts.get(value), value);
  }

  private static double bytes(Fact fact) {
    return (double) fact.shape().size() * fact.type().bytes();
  }
}
