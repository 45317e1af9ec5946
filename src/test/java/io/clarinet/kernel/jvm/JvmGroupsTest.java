package io.clarinet.kernel.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.backend.jvm.JvmBackend;
import io.clarinet.backend.jvm.JvmOptions;
import io.clarinet.kernel.jvm.JvmContract.Known;
import io.clarinet.op.Conv2d;
import io.clarinet.op.Epilogue;
import io.clarinet.op.Padding;
import io.clarinet.op.Unary;
import io.clarinet.op.Window2d;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Convolutions in groups against the reference, with vectors of every width. */
class JvmGroupsTest extends JvmCases {
  /** Others round by their transforms. */
  private static final Predicate<String> DIRECT = name -> !name.startsWith("winograd");

  private static final List<JvmBackend> WIDTHS =
      InnerLoops.blocks().stream().map(JvmGroupsTest::open).toList();

  private static JvmBackend open(int width) {
    return JvmBackend.open(
        JvmProfile.of(2, width),
        JvmOptions.standard().withThreads(2).poisoned(),
        new JvmBackend.Compiled(
            () -> {}, () -> Probes.arithmetic(2, width), () -> Probes.memory(2, width)));
  }

  /**
   * Groups that share a block, evenly or not, that have one or several of their own, whose inputs
   * straddle blocks, or of which the last fill none; strides, dilation and rows that are cut.
   */
  @ParameterizedTest
  @CsvSource({
    "9, 4, 4, 3, 1, 1, 6, 13",
    "3, 4, 4, 3, 2, 1, 7, 9",
    "3, 8, 8, 3, 1, 2, 5, 18",
    "4, 2, 2, 5, 3, 1, 7, 20",
    "3, 16, 16, 3, 2, 1, 7, 15",
    "3, 24, 24, 3, 1, 1, 6, 5",
    "3, 5, 7, 2, 1, 3, 9, 9",
    "2, 1, 16, 3, 2, 2, 6, 9",
    "2, 3, 32, 1, 2, 1, 3, 19",
    "7, 1, 2, 3, 1, 1, 4, 4",
    "2, 90, 16, 4, 1, 1, 2, 3",
    "2, 520, 3, 2, 1, 1, 1, 2",
  })
  void groupsOfAnySize(int groups, int ic, int oc, int k, int stride, int dilation, int h, int w) {
    Window2d window =
        new Window2d(
            k, k, stride, stride, dilation, dilation, Padding.of(k - 1, k / 2, k - 1, k / 3));
    Conv2d op = new Conv2d(window, groups, Epilogue.BIAS.withResidual().with(Unary.RELU));
    Tensor residual = random(2, groups * oc, window.outH(h), window.outW(w));
    Known weights = new Known(random(groups * oc, ic, k, k));
    Known bias = new Known(random(groups * oc));
    Tensor x = random(2, groups * ic, h, w);
    for (JvmBackend width : WIDTHS) {
      assertThat(JvmContract.on(width, DIRECT, op, x, weights, bias, residual))
          .contains("convolution_of_groups");
    }
  }
}
