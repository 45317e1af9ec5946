package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.Case;
import io.clarinet.Fresh;
import io.clarinet.RequiresOpenCl;
import io.clarinet.TestTensors;
import io.clarinet.kernel.OperatorContract;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PadTest {

  private static final Tensor X = Tensor.of(Shape.of(1, 3), 1, 2, 3);

  private static float[] pad(Pad.Mode mode, Integer... pads) {
    return new Pad(mode, List.of(pads), 9).evaluate(List.of(X)).get(0).toFloatArray();
  }

  @Test
  void surroundsWithAConstant() {
    assertThat(pad(Pad.Mode.CONSTANT, 0, 1, 1, 0)).containsExactly(9, 1, 2, 3, 9, 9, 9, 9);
  }

  @Test
  void negativePaddingTakesAway() {
    assertThat(pad(Pad.Mode.CONSTANT, 0, -1, 0, 1)).containsExactly(2, 3, 9);
  }

  @Test
  void readsTheImageBeyondItsEdges() {
    assertThat(pad(Pad.Mode.REFLECT, 0, 2, 0, 1)).containsExactly(3, 2, 1, 2, 3, 2);
    assertThat(pad(Pad.Mode.EDGE, 0, 2, 0, 1)).containsExactly(1, 1, 1, 2, 3, 3);
    assertThat(pad(Pad.Mode.WRAP, 0, 2, 0, 1)).containsExactly(2, 3, 1, 2, 3, 1);
  }

  @Test
  void takesPaddingValueAndAxesAsInputs() {
    List<Tensor> inputs =
        List.of(
            X,
            Tensor.ofLongs(Shape.of(2), 1, 0),
            Tensor.of(Shape.of(), 7),
            Tensor.ofLongs(Shape.of(1), -1));
    Tensor y = new Pad(Pad.Mode.CONSTANT, List.of(), 0).evaluate(inputs).get(0);
    assertThat(y.toFloatArray()).containsExactly(7, 1, 2, 3);
  }

  @Test
  void refusesPaddingForAnotherRank() {
    assertThatThrownBy(() -> pad(Pad.Mode.CONSTANT, 1, 1)).hasMessageContaining("2 paddings");
  }

  @Nested
  @RequiresOpenCl
  class Kernels {
    private final Random random = Fresh.random();

    static List<Case> cases() {
      return Case.of("pad");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreeWithTheReference(Case c) {
      List<Integer> pads =
          List.of(
              0,
              c.integer("c_begin"),
              c.integer("top"),
              c.integer("left"),
              0,
              c.integer("c_end"),
              c.integer("bottom"),
              c.integer("right"));
      Pad.Mode mode = Pad.Mode.valueOf(c.text("mode").toUpperCase(Locale.ROOT));
      Tensor x =
          TestTensors.random(
              random, c.integer("n"), c.integer("c"), c.integer("h"), c.integer("w"));
      if (c.flag("nan")) {
        x.set(random.nextInt((int) x.shape().size()), Double.NaN);
      }
      Pad op = new Pad(mode, pads, Float.parseFloat(c.text("value")));
      assertThat(OperatorContract.of(op).input(x).tolerance(0).check()).containsExactly("pad");
    }

    @Test
    void takesPaddingAndValueAsConstants() {
      OperatorContract.of(new Pad(Pad.Mode.CONSTANT, List.of(), 0))
          .input(TestTensors.random(random, 2, 5, 3, 4))
          .constant(Tensor.ofLongs(Shape.of(8), 0, 1, 2, 3, 0, 3, 2, 1))
          .constant(Tensor.of(Shape.of(1), 2.5f))
          .tolerance(0)
          .check();
    }
  }
}
