package io.clarinet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.TestProfile;
import io.clarinet.graph.Graph;
import io.clarinet.graph.Node;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.opencl.OpenClKernels;
import io.clarinet.op.BatchNorm;
import io.clarinet.op.Unary;
import io.clarinet.pass.Passes;
import io.clarinet.zoo.SeededWeights;
import io.clarinet.zoo.Zoo;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The deepest network of the zoo: 333 units of pre-activation. */
class DeepNetworkPlanTest {
  private static final int UNITS = 333;
  private static final long LARGEST_VALUE = 4L * 64 * 32 * 32;

  private static final DeviceProfile DEVICE = new TestProfile().make();

  private static Graph lean() {
    Graph graph = Zoo.find("preact_resnet1001").orElseThrow().graph(new SeededWeights(1));
    return Passes.standard()
        .apply(graph.specialised(Map.of("input", graph.inputs().get(0).shape(1))));
  }

  @Test
  void normAndReluAreOneStepWhereAUnitBeginsAndNoneWithinIt() {
    Graph graph = lean();
    assertThat(graph.nodes()).noneMatch(node -> node.op() instanceof Unary);
    // One a unit and a last one, less the first, which folds into the stem's convolution.
    assertThat(graph.nodes().stream().map(Node::op).filter(op -> op instanceof BatchNorm))
        .hasSize(UNITS)
        .allMatch(op -> Unary.RELU.equals(((BatchNorm) op).activation()));
  }

  @Test
  void aStepForEachLayerAndMemoryForAFewOfTheLargestValues() {
    Plan plan = new Planner(OpenClKernels.table()).plan(lean(), DEVICE);
    // Three convolutions, one norm a unit; projections, stem, last norm, pooling, dense, reorders.
    assertThat(plan.steps()).hasSizeBetween(4 * UNITS, 4 * UNITS + 12);
    assertThat(plan.steps()).allMatch(s -> s.action() instanceof Step.Action.Device);
    assertThat(plan.arenaTotal()).isLessThanOrEqualTo(4 * LARGEST_VALUE);
  }
}
