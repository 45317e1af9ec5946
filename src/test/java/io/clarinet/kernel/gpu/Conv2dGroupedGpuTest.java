package io.clarinet.kernel.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.Case;
import io.clarinet.RequiresOpenCl;
import io.clarinet.kernel.Kernel;
import io.clarinet.op.Conv2dProblem;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every convolution has a kernel for GPUs, whatever its groups, in the smallest limits. */
@RequiresOpenCl
class Conv2dGroupedGpuTest {
  private static final Pattern CASES = Pattern.compile("groups.*|resnext|depthwise.*|kernel_even");

  static List<Case> cases() {
    return Case.of("conv2d").stream().filter(c -> CASES.matcher(c.name()).matches()).toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreeWithTheReference(Case c) {
    Conv2dProblem problem = Conv2dProblem.of(c);
    Kernel[] kernels =
        Stream.of(Conv2dDepthwiseGpu.of(problem.op()), Conv2dGroupedGpu.of(problem.op()))
            .flatMap(List::stream)
            .toArray(Kernel[]::new);
    Set<String> ran = problem.contract().onGpu(64, 16 << 10, kernels).check();
    assertThat(ran).anyMatch(name -> name.startsWith("conv2d_grouped_gpu"));
    if (c.name().startsWith("depthwise")) {
      assertThat(ran).contains("conv2d_depthwise_gpu_4x1", "conv2d_depthwise_gpu_1x1");
    }
  }
}
