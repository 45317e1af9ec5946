package io.clarinet.kernel.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.Case;
import io.clarinet.Fresh;
import io.clarinet.RequiresOpenCl;
import io.clarinet.TestTensors;
import io.clarinet.kernel.OperatorContract;
import io.clarinet.op.ConvTranspose;
import io.clarinet.op.Padding;
import io.clarinet.op.WindowNd;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@RequiresOpenCl
class ConvTransposeKernelTest {
  private final Random random = Fresh.random();

  static List<Case> cases() {
    return Case.of("conv_transpose");
  }

  private static List<Integer> pair(Case c, String first, String second) {
    return List.of(c.integer(first), c.integer(second));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithTheReference(Case c) {
    List<Integer> pads =
        List.of(c.integer("top"), c.integer("left"), c.integer("bottom"), c.integer("right"));
    WindowNd window =
        new WindowNd(
            pair(c, "kh", "kw"),
            pair(c, "sh", "sw"),
            pair(c, "dh", "dw"),
            Padding.Rule.EXPLICIT,
            pads);
    int groups = c.integer("groups");
    int inputs = c.integer("ic");
    int outputs = c.integer("oc") / groups;
    Tensor x = TestTensors.random(random, c.integer("n"), inputs, c.integer("h"), c.integer("w"));
    Tensor w = TestTensors.random(random, inputs, outputs, c.integer("kh"), c.integer("kw"));
    if (c.flag("nan")) {
      x.set(random.nextInt((int) x.shape().size()), Double.NaN);
    }
    ConvTranspose op = new ConvTranspose(window, groups, List.of(), List.of());
    OperatorContract biased = OperatorContract.of(op).input(x).constant(w);
    biased.constant(TestTensors.random(random, c.integer("oc")));
    assertThat(biased.check()).contains("conv_transpose");
    OperatorContract.of(op).input(x).constant(w).check();
  }

  @Test
  void theOutputIsPaddedOrGiven() {
    List<Integer> two = List.of(2, 2);
    List<Integer> one = List.of(1, 1);
    WindowNd window =
        new WindowNd(List.of(3, 3), two, one, Padding.Rule.EXPLICIT, List.of(1, 1, 1, 1));
    Tensor x = TestTensors.random(random, 2, 5, 4, 6);
    Tensor w = TestTensors.random(random, 5, 7, 3, 3);
    OperatorContract.of(new ConvTranspose(window, 1, one, List.of())).input(x).constant(w).check();
    OperatorContract.of(new ConvTranspose(window, 1, List.of(), List.of(9, 12)))
        .input(x)
        .constant(w)
        .check();
  }
}
