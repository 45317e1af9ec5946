package io.clarinet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.TestProfile;
import io.clarinet.graph.Graph;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Launch;
import io.clarinet.kernel.Work;
import io.clarinet.kernel.opencl.OpenClKernels;
import io.clarinet.pass.Passes;
import io.clarinet.zoo.SeededWeights;
import io.clarinet.zoo.Zoo;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PoCL compiles programs one at a time, so a network must need few. */
class ProgramCountTest {

  @ParameterizedTest
  @CsvSource({"16, 1", "16, 8", "8, 1", "4, 1"})
  void resNet50NeedsAtMostTwelvePrograms(int block, int batch) {
    DeviceProfile device = new TestProfile().block(block).make();
    Graph graph = Zoo.find("resnet50").orElseThrow().graph(new SeededWeights(1));
    Graph concrete = graph.specialised(Map.of("input", graph.inputs().get(0).shape(batch)));
    Plan plan = new Planner(OpenClKernels.table()).plan(Passes.standard().apply(concrete), device);
    Set<String> programs = new HashSet<>();
    for (Step step : plan.steps()) {
      assertThat(step.action()).as(step.node()).isInstanceOf(Step.Action.Device.class);
      Work work = ((Step.Action.Device) step.action()).work();
      for (Launch launch : ((Work.Launches) work).launches()) {
        programs.add(launch.prelude() + launch.kernel());
      }
    }
    assertThat(programs).hasSizeLessThanOrEqualTo(12);
  }
}
