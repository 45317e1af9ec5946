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

class LrnTest {

  @Test
  void dividesByTheEnergyOfNeighbouringChannels() {
    Tensor x = Tensor.of(Shape.of(1, 4, 1, 1), 1, 2, 3, 4);
    assertThat(new Lrn(3, 3, 1, 1).evaluate(List.of(x)).get(0).toFloatArray())
        .containsExactly(1 / 6f, 2 / 15f, 3 / 30f, 4 / 26f);
  }

  @Test
  void anEvenSizeReachesOneFurtherUp() {
    Tensor x = Tensor.of(Shape.of(1, 3, 1), 1, 2, 3);
    assertThat(new Lrn(2, 2, 1, 0).evaluate(List.of(x)).get(0).toFloatArray())
        .containsExactly(1 / 5f, 2 / 13f, 3 / 9f);
  }

  @Test
  void refusesAnInputWithoutChannels() {
    assertThatThrownBy(() -> new Lrn(3, 1, 1, 1).infer(List.of(Fact.of(Shape.of(3)))))
        .hasMessageContaining("channels");
  }

  @Nested
  @RequiresOpenCl
  class Kernels {
    private final Random random = Fresh.random();

    static List<Case> cases() {
      return Case.of("lrn");
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
      Lrn op = new Lrn(c.integer("size"), number(c, "alpha"), number(c, "beta"), number(c, "bias"));
      assertThat(OperatorContract.of(op).input(x).tolerance(2e-6).check()).containsExactly("lrn");
    }

    private static float number(Case c, String column) {
      return Float.parseFloat(c.text(column));
    }
  }
}
