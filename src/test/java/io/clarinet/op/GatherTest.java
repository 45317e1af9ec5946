package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.Case;
import io.clarinet.Fresh;
import io.clarinet.RequiresOpenCl;
import io.clarinet.TestDevice;
import io.clarinet.TestTensors;
import io.clarinet.kernel.OperatorContract;
import io.clarinet.kernel.opencl.OpenClKernels;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GatherTest {

  private static final Tensor X = Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);

  @Test
  void picksAlongAnAxis() {
    Tensor y = new Gather(1).evaluate(List.of(X, Tensor.ofLongs(Shape.of(2), -1, 0))).get(0);
    assertThat(y.toFloatArray()).containsExactly(3, 1, 6, 4);
    Tensor scalar = new Gather(0).evaluate(List.of(X, Tensor.ofLongs(Shape.of(), 1))).get(0);
    assertThat(scalar.shape()).isEqualTo(Shape.of(3));
  }

  @Test
  void refusesAnIndexOutside() {
    assertThatThrownBy(() -> new Gather(0).evaluate(List.of(X, Tensor.ofLongs(Shape.of(1), 2))))
        .hasMessageContaining("index 2");
  }

  @Nested
  @RequiresOpenCl
  class Kernels {
    @Test
    void pickByIndicesOfAnyOrder() {
      Tensor x = TestTensors.random(Fresh.random(), 3, 5, 7);
      Tensor indices = Tensor.ofLongs(Shape.of(2, 2), 4, -5, 1, 1);
      OperatorContract.of(new Gather(1)).input(x).constant(indices).tolerance(0).check();
      OperatorContract.of(new Gather(0))
          .input(x)
          .constant(Tensor.ofLongs(Shape.of(3), 2, 2, 0))
          .tolerance(0)
          .check();
    }

    static List<Case> cases() {
      return Case.of("gather_channels");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void gatherChannels(Case c) {
      Tensor x =
          TestTensors.random(
              Fresh.random(), c.integer("n"), c.integer("c"), c.integer("h"), c.integer("w"));
      if (c.flag("nan")) {
        x.set(x.shape().size() - 1, Double.NaN);
      }
      long[] channels =
          Arrays.stream(c.text("channels").split(",")).mapToLong(Long::parseLong).toArray();
      Tensor indices = Tensor.ofLongs(Shape.of(channels.length), channels);
      assertThat(
              OperatorContract.of(new Gather(-3)).input(x).constant(indices).tolerance(0).check())
          .contains("gather_channels");
    }

    @Test
    void leaveOtherAxesAndChannelsOutsideToOthers() {
      assertThat(offer(new Gather(2), 1, 0)).contains("only for a constant vector of channels");
      assertThat(offer(new Gather(1), 1, 5)).contains("a channel is outside of 5");
    }

    private static String offer(Gather op, long... indices) {
      Fact x = Fact.of(Shape.of(1, 5, 3, 3));
      Fact picked = Fact.of(Tensor.ofLongs(Shape.of(indices.length), indices));
      Fact y = Fact.of(Shape.of(1, 5, 3, 3));
      return OpenClKernels.table()
          .of(op)
          .get(0)
          .offer(List.of(x, picked), List.of(y), TestDevice.poisoned().profile())
          .toString();
    }
  }
}
