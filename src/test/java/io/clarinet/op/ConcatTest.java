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

class ConcatTest {

  @Test
  void joinsAlongAnAxis() {
    Tensor a = Tensor.of(Shape.of(2, 1), 1, 2);
    Tensor b = Tensor.of(Shape.of(2, 2), 3, 4, 5, 6);
    Tensor y = new Concat(-1).evaluate(List.of(a, b)).get(0);
    assertThat(y.shape()).isEqualTo(Shape.of(2, 3));
    assertThat(y.toFloatArray()).containsExactly(1, 3, 4, 2, 5, 6);
  }

  @Test
  void refusesUnequalInputs() {
    Fact a = Fact.of(Shape.of(2, 1));
    assertThatThrownBy(() -> new Concat(1).infer(List.of(a, Fact.of(Shape.of(3, 1)))))
        .hasMessageContaining("cannot join");
  }

  @Nested
  @RequiresOpenCl
  class Kernels {
    private final Random random = Fresh.random();

    static List<Case> cases() {
      return Case.of("concat");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreeWithTheReference(Case c) {
      OperatorContract contract = OperatorContract.of(new Concat(1)).tolerance(0);
      for (String channels : c.text("channels").split(",")) {
        Tensor x =
            TestTensors.random(
                random, c.integer("n"), Integer.parseInt(channels), c.integer("h"), c.integer("w"));
        if (c.flag("nan")) {
          x.set(random.nextInt((int) x.shape().size()), Double.NaN);
        }
        contract.input(x);
      }
      assertThat(contract.check()).contains("concat", "concat_plain");
    }

    static List<Case> plainCases() {
      return Case.of("concat_plain");
    }

    @ParameterizedTest
    @MethodSource("plainCases")
    void plainAgreesWithTheReference(Case c) {
      boolean alongBatch = c.integer("n") == 0;
      OperatorContract contract = OperatorContract.of(new Concat(alongBatch ? 0 : 2)).tolerance(0);
      for (String part : c.text("axes").split(",")) {
        int axis = Integer.parseInt(part);
        int n = alongBatch ? axis : c.integer("n");
        contract.input(
            TestTensors.random(
                random, n, c.integer("outer"), alongBatch ? 1 : axis, c.integer("inner")));
      }
      assertThat(contract.check()).contains("concat_plain");
    }

    @Test
    void wholeBlocksAreJoined() {
      OperatorContract contract = OperatorContract.of(new Concat(1)).tolerance(0);
      contract.input(TestTensors.random(random, 2, 16, 3, 5));
      contract.input(TestTensors.random(random, 2, 32, 3, 5));
      contract.input(TestTensors.random(random, 2, 3, 3, 5));
      assertThat(contract.check()).contains("join");
    }

    @Test
    void batchItemsAreWrittenWhereTheyBelong() {
      OperatorContract contract = OperatorContract.of(new Concat(0)).tolerance(0);
      contract.input(TestTensors.random(random, 2, 19, 3, 5));
      contract.input(TestTensors.random(random, 1, 19, 3, 5));
      contract.input(TestTensors.random(random, 3, 19, 3, 5));
      assertThat(contract.check()).contains("join_items", "join_items_blocked");
    }

    @Test
    void takesConstantsAndVectors() {
      OperatorContract.of(new Concat(0))
          .input(TestTensors.random(random, 5))
          .constant(TestTensors.random(random, 33))
          .tolerance(0)
          .check();
    }
  }
}
