package io.clarinet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.TestProfile;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Step;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the plans of OpenCL CPU devices are for networks of the present. */
class CpuPlansTest {
  /** Multiply-adds that are less than a launch's time by any kernel. */
  private static final long NO_MATTER = 10_000;

  @ParameterizedTest
  @MethodSource("io.clarinet.engine.GpuPlans#modernNetworks")
  void noStepRunsOnTheHostAndNoConvolutionLaneByLane(String network) {
    Plan plan = GpuPlans.plan(GpuPlans.graph(network, 1), new TestProfile().block(16).make());
    for (Step step : plan.steps()) {
      assertThat(step.action()).as(step.node()).isNotInstanceOf(Step.Action.Host.class);
      if (step.kernel().equals("conv2d_grouped")) {
        assertThat(step.layer().multiplyAdds()).as(step.node()).isLessThan(NO_MATTER);
      }
    }
  }
}
