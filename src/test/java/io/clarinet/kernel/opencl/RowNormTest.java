package io.clarinet.kernel.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.Case;
import io.clarinet.Fresh;
import io.clarinet.RequiresOpenCl;
import io.clarinet.TestTensors;
import io.clarinet.kernel.OperatorContract;
import io.clarinet.op.GroupNorm;
import io.clarinet.op.LayerNorm;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@RequiresOpenCl
class RowNormTest {
  private static final float EPSILON = 1e-5f;
  private final Random random = Fresh.random();

  static List<Case> cases() {
    return Case.of("row_norm");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithTheReference(Case c) {
    int rows = c.integer("rows");
    int run = c.integer("run");
    int runs = c.integer("length") / run;
    if (c.flag("shared")) {
      Tensor x = TestTensors.drawn(c, random, c.integer("n"), rows, runs);
      if (c.flag("nan")) {
        x.set(random.nextInt((int) x.shape().size()), Double.NaN);
      }
      layerNorm(x, -1, runs);
    } else {
      Tensor x = TestTensors.drawn(c, random, c.integer("n"), rows * runs, run);
      assertThat(groupNorm(new GroupNorm(rows, EPSILON), x, rows * runs)).contains("group_norm");
    }
  }

  private void layerNorm(Tensor x, int axis, int... factors) {
    OperatorContract.of(new LayerNorm(axis, EPSILON))
        .input(x)
        .constant(TestTensors.random(random, factors))
        .constant(TestTensors.random(random, factors))
        .check();
  }

  private Set<String> groupNorm(GroupNorm op, Tensor x, int factors) {
    return OperatorContract.of(op)
        .input(x)
        .constant(TestTensors.random(random, factors))
        .constant(TestTensors.random(random, factors))
        .check();
  }

  @Test
  void layerNormGoesWithoutAShift() {
    OperatorContract.of(new LayerNorm(1, EPSILON))
        .input(TestTensors.random(random, 2, 3, 7))
        .constant(TestTensors.random(random, 3, 7))
        .check();
    layerNorm(TestTensors.random(random, 2, 3, 7), 2, 1);
  }

  @ParameterizedTest
  @CsvSource({"0,19,19", "4,20,20", "4,20,4", "1,5,1"})
  void imagesHaveFactorsAChannelOrAGroup(int groups, int channels, int factors) {
    Tensor x = TestTensors.random(random, 2, channels, 5, 7);
    groupNorm(new GroupNorm(groups, EPSILON), x, factors);
  }
}
