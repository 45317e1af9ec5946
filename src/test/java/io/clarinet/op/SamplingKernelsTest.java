package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.Fresh;
import io.clarinet.RequiresOpenCl;
import io.clarinet.kernel.OperatorContract;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The OpenCL kernels that sample images or put them together, on the shared cases. */
@RequiresOpenCl
class SamplingKernelsTest {
  static List<SamplingProblem.Named> cases() {
    return SamplingProblem.cases();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreeWithTheReference(SamplingProblem.Named c) {
    SamplingProblem problem = SamplingProblem.of(c, Fresh.random());
    OperatorContract contract = OperatorContract.of(problem.op()).tolerance(problem.tolerance());
    problem.inputs().forEach(contract::input);
    problem.known().forEach(contract::constant);
    assertThat(contract.check()).containsExactly(problem.kernel());
  }
}
