package io.clarinet.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.Fresh;
import io.clarinet.TestProfile;
import io.clarinet.engine.DevicePlanner;
import io.clarinet.graph.Graph;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.profile.ShippedProfiles;
import io.clarinet.pass.Passes;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Planner;
import io.clarinet.plan.Step;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import io.clarinet.zoo.SeededWeights;
import io.clarinet.zoo.Zoo;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every form that networks want has a case, and a small one. */
class CasesTest {
  private static final List<String> NETWORKS =
      List.of("resnet50", "squeezenet1.1", "googlenet", "alexnet", "preact_resnet50", "vgg16_bn");

  /** Floats of operands that take no time to pass on. */
  private static final long MOST_FLOATS = 1 << 20;

  private static Graph graph(String name) {
    return graph(name, 1);
  }

  private static Graph graph(String name, int batch) {
    Graph graph = Zoo.find(name).orElseThrow().graph(new SeededWeights(1));
    Map<String, Shape> shapes =
        graph.inputs().stream().collect(Collectors.toMap(i -> i.name(), i -> i.shape(batch)));
    return Passes.standard().apply(graph.specialised(shapes));
  }

  private static void requireSmallCases(Graph graph, DeviceProfile device) {
    Planner planner = DevicePlanner.of(device).planner();
    Plan plan = planner.plan(graph, device);
    Cases cases = new Cases(graph, plan, planner);
    Set<Form> tested = new HashSet<>();
    for (Step step : plan.steps()) {
      if (step.action() instanceof Step.Action.Device && tested.add(Form.of(step))) {
        String what = step.kernel() + " for " + step.node() + " of " + graph.name();
        FormCase one = cases.of(step).orElseThrow(() -> new AssertionError("no case of " + what));
        assertThat(one.form()).as(what).isEqualTo(Form.of(step));
        assertThat(floats(one)).as(what).isLessThan(MOST_FLOATS);
      }
    }
  }

  private static long floats(FormCase one) {
    return one.inputs().stream().map(Tensor::shape).mapToLong(Shape::size).sum();
  }

  @Test
  void onCpuDevices() {
    Graph graph = graph(NETWORKS.get(Fresh.random().nextInt(NETWORKS.size())));
    requireSmallCases(graph, new TestProfile().make());
    requireSmallCases(graph, new TestProfile().block(8).make());
    requireSmallCases(graph, new TestProfile().block(4).localBytes(32 << 10).make());
  }

  @Test
  void ofStrands() {
    DeviceProfile device = new TestProfile().cacheBytes(32 << 20).make();
    Graph graph = DevicePlanner.of(device).split(graph("squeezenet1.1", 4));
    assertThat(graph.nodes()).anyMatch(node -> node.strand().count() > 1);
    requireSmallCases(graph, device);
    Graph other = graph(NETWORKS.get(Fresh.random().nextInt(NETWORKS.size())), 4);
    requireSmallCases(DevicePlanner.of(device).split(other), device);
  }

  @Test
  void poolingIsAskedForItsNan() {
    Graph graph = graph("squeezenet1.1");
    DeviceProfile device = new TestProfile().make();
    Planner planner = DevicePlanner.of(device).planner();
    Plan plan = planner.plan(graph, device);
    FormCase pooling =
        new Cases(graph, plan, planner)
            .of(plan.steps()).stream()
                .filter(one -> one.form().kernel().equals("pool2d"))
                .findFirst()
                .orElseThrow();
    assertThat(pooling.expected().get(0).toFloatArray()).contains(Float.NaN);
  }

  @Test
  void onGpus() {
    requireSmallCases(graph("resnet50"), ShippedProfiles.find("h100").orElseThrow());
    requireSmallCases(graph("googlenet"), ShippedProfiles.find("uhd-630").orElseThrow());
  }
}
