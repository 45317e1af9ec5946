package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.Case;
import io.clarinet.Fresh;
import io.clarinet.RequiresOpenCl;
import io.clarinet.TestTensors;
import io.clarinet.kernel.OperatorContract;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BatchNormTest {

  @Nested
  @RequiresOpenCl
  class Kernels {
    private final Random random = Fresh.random();

    static List<Case> cases() {
      return Case.of("batch_norm");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreeWithTheReference(Case c) {
      Tensor x =
          TestTensors.random(
              random, c.integer("n"), c.integer("c"), c.integer("h"), c.integer("w"));
      if (c.flag("nan")) {
        x.set(random.nextInt((int) x.shape().size()), Double.NaN);
      }
      BatchNorm op = new BatchNorm(1e-3f, UnaryTest.named(c.text("activation")));
      assertThat(
              OperatorContract.of(op)
                  .input(x)
                  .constant(statistic(c, -2))
                  .constant(statistic(c, -1))
                  .constant(statistic(c, -1))
                  .constant(statistic(c, 0))
                  .tolerance(2e-6)
                  .check())
          .containsExactly("batch_norm");
    }

    private Tensor statistic(Case c, float low) {
      Tensor tensor = Tensor.zeros(Shape.of(c.integer("c")));
      for (int i = 0; i < tensor.shape().size(); i++) {
        tensor.set(i, low + 2 * random.nextDouble());
      }
      return tensor;
    }
  }
}
