package io.clarinet.op;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.Case;
import io.clarinet.RequiresOpenCl;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.opencl.Conv2dWinogradTest;
import io.clarinet.kernel.opencl.OpenClKernels;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Conv2dTest {
  private static final Conv2d PLAIN = new Conv2d(Window2d.square(2, 1, 0), 1, Epilogue.NONE);

  /** Cases that are there for one kernel. */
  private static final Map<String, String> KERNEL_OF =
      Map.ofEntries(
          entry("one_pixel", "conv2d_1x1"),
          entry("pointwise_stride", "conv2d_1x1"),
          entry("pointwise_padded", "conv2d_direct"),
          entry("kernel_3", "conv2d_direct"),
          entry("groups_blocks", "conv2d_direct"),
          entry("stem_rgb_7", "conv2d_stem"),
          entry("stem_rgb_11", "conv2d_stem"),
          entry("groups_of_2", "conv2d_blockwise"),
          entry("depthwise", "conv2d_blockwise"));

  @Test
  void slidesTheKernelUnflipped() {
    Tensor x = Tensor.of(Shape.of(1, 1, 2, 3), 1, 2, 3, 4, 5, 6);
    Tensor w = Tensor.of(Shape.of(1, 1, 2, 2), 1, 10, 100, 1000);
    assertThat(PLAIN.evaluate(List.of(x, w)).get(0).toFloatArray()).containsExactly(5421, 6532);
  }

  @Test
  void groupsSeeTheirOwnChannels() {
    Tensor x = Tensor.of(Shape.of(1, 2, 1, 1), 3, 5);
    Tensor w = Tensor.of(Shape.of(2, 1, 1, 1), 10, 100);
    Conv2d op = new Conv2d(Window2d.square(1, 1, 0), 2, Epilogue.NONE);
    assertThat(op.evaluate(List.of(x, w)).get(0).toFloatArray()).containsExactly(30, 500);
  }

  @Test
  void biasResidualActivationInThisOrder() {
    Tensor x = Tensor.of(Shape.of(1, 1, 1, 2), 1, -1);
    Tensor w = Tensor.of(Shape.of(1, 1, 1, 1), 2);
    Tensor bias = Tensor.of(Shape.of(1), 1);
    Tensor residual = Tensor.of(Shape.of(1, 1, 1, 2), 10, -10);
    Conv2d op =
        new Conv2d(Window2d.square(1, 1, 0), 1, Epilogue.BIAS.withResidual().with(Unary.RELU));
    assertThat(op.evaluate(List.of(x, w, bias, residual)).get(0).toFloatArray())
        .containsExactly(13, 0);
  }

  @Test
  void refusesWeightsThatDoNotFit() {
    List<Fact> facts = List.of(Fact.of(Shape.of(1, 3, 4, 4)), Fact.of(Shape.of(8, 2, 2, 2)));
    assertThatThrownBy(() -> PLAIN.infer(facts)).hasMessageContaining("do not fit");
  }

  @Nested
  @RequiresOpenCl
  class Kernels {

    static List<Case> cases() {
      return Case.of("conv2d");
    }

    /** Winograd spreads a NaN over a tile; {@link Conv2dWinogradTest} holds it to the contract. */
    private static Kernel[] exactAboutNaN(Conv2d op) {
      return OpenClKernels.table().of(op).stream()
          .filter(k -> !k.name().startsWith("conv2d_winograd"))
          .toArray(Kernel[]::new);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreeWithTheReference(Case c) {
      Conv2dProblem problem = Conv2dProblem.of(c);
      Set<String> ran = problem.contract().kernels(exactAboutNaN(problem.op())).check();
      assertThat(ran).contains("conv2d_grouped");
      String own = KERNEL_OF.get(c.name());
      if (own != null) {
        assertThat(ran).contains(own);
      }
    }
  }
}
