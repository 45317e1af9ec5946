package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.Case;
import io.clarinet.Fresh;
import io.clarinet.RequiresOpenCl;
import io.clarinet.TestTensors;
import io.clarinet.kernel.OperatorContract;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GlobalPool2dTest {

  @Test
  void reducesEveryImageToOneElement() {
    Tensor x = Tensor.of(Shape.of(1, 2, 2, 2), 1, 2, 3, 6, -4, -3, -2, -1);
    Tensor average = GlobalPool2d.AVERAGE.evaluate(List.of(x)).get(0);
    assertThat(average.shape()).isEqualTo(Shape.of(1, 2, 1, 1));
    assertThat(average.toFloatArray()).containsExactly(3, -2.5f);
    assertThat(GlobalPool2d.MAX.evaluate(List.of(x)).get(0).toFloatArray()).containsExactly(6, -1);
  }

  @Test
  void refusesAnInputWithoutSpatialAxes() {
    assertThatThrownBy(() -> GlobalPool2d.MAX.infer(List.of(Fact.of(Shape.of(3, 4)))))
        .hasMessageContaining("no spatial axes");
  }

  @Nested
  @RequiresOpenCl
  class Kernels {
    private final Random random = Fresh.random();

    static List<Case> cases() {
      return Case.of("global_pool2d");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreeWithTheReference(Case c) {
      boolean max = c.text("kind").equals("max");
      Tensor x =
          TestTensors.drawn(
              c, random, c.integer("n"), c.integer("c"), c.integer("h"), c.integer("w"));
      if (c.flag("nan")) {
        x.set(random.nextInt((int) x.shape().size()), Double.NaN);
      }
      GlobalPool2d op = max ? GlobalPool2d.MAX : GlobalPool2d.AVERAGE;
      assertThat(OperatorContract.of(op).input(x).check()).containsExactly("global_pool2d");
    }
  }
}
