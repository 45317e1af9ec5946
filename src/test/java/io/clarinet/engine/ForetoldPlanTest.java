package io.clarinet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.TestProfile;
import io.clarinet.graph.Graph;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.KernelTable;
import io.clarinet.kernel.opencl.OpenClKernels;
import io.clarinet.op.Op;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Planner;
import io.clarinet.plan.Step;
import io.clarinet.tensor.Shape;
import io.clarinet.zoo.SeededWeights;
import io.clarinet.zoo.Zoo;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ForetoldPlanTest {
  private static final DeviceProfile CPU = new TestProfile().make();
  private final AtomicInteger asked = new AtomicInteger();

  /** Choosing a device by its plan costs no plan more: it is the one that is then loaded. */
  @Test
  void thePlanThatARunWasPredictedByIsGivenOnce() {
    KernelTable<Op> table = OpenClKernels.table();
    Planner counting =
        new Planner(
            op -> {
              asked.incrementAndGet();
              return table.of(op);
            },
            table::reorders,
            op -> op::reference);
    Specialisation model =
        new Specialisation(
            Zoo.find("squeezenet1.1:64x64").orElseThrow().graph(new SeededWeights(1)));
    Graph graph = model.graph(model.key(List.of(Shape.of(1, 3, 64, 64)), "testing"));
    Engine engine = new Engine(new CountingBackend(CPU), counting);
    double seconds = engine.predicted(graph);
    int once = asked.get();
    Plan given = engine.plan(graph);
    assertThat(asked).hasValue(once);
    assertThat(given.steps().stream().mapToDouble(Step::seconds).sum()).isEqualTo(seconds);
    engine.plan(graph);
    assertThat(asked).hasValue(2 * once);
  }
}
