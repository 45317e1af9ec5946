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
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MatMulTest {

  private static Tensor product(Tensor a, Tensor b) {
    return new MatMul().evaluate(List.of(a, b)).get(0);
  }

  @Test
  void multipliesMatrices() {
    Tensor a = Tensor.of(Shape.of(2, 2), 1, 2, 3, 4);
    assertThat(product(a, a).toFloatArray()).containsExactly(7, 10, 15, 22);
  }

  @Test
  void outerAxesBroadcast() {
    Tensor a = Tensor.of(Shape.of(2, 1, 1, 2), 1, 2, 3, 4);
    Tensor b = Tensor.of(Shape.of(2, 2, 1), 1, 0, 0, 1);
    Tensor y = product(a, b);
    assertThat(y.shape()).isEqualTo(Shape.of(2, 2, 1, 1));
    assertThat(y.toFloatArray()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void vectorsLoseTheirAddedAxis() {
    Tensor v = Tensor.of(Shape.of(2), 1, 2);
    assertThat(product(v, v).shape()).isEqualTo(Shape.of());
    assertThat(product(Tensor.of(Shape.of(1, 2), 3, 4), v).shape()).isEqualTo(Shape.of(1));
    assertThat(product(v, Tensor.of(Shape.of(2, 1), 3, 4)).toFloatArray()).containsExactly(11);
  }

  @Test
  void refusesMatricesThatDoNotChain() {
    Fact a = Fact.of(Shape.of(2, 3));
    assertThatThrownBy(() -> new MatMul().infer(List.of(a, a))).hasMessageContaining("multiply");
  }

  @Nested
  @RequiresOpenCl
  class Kernels {
    private final Random random = Fresh.random();

    static List<Case> cases() {
      return Case.of("matmul");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreeWithTheReference(Case c) {
      Tensor a = TestTensors.random(random, shape(c.text("a")));
      Tensor b = TestTensors.random(random, shape(c.text("b")));
      if (c.flag("nan")) {
        a.set(random.nextInt((int) a.shape().size()), Double.NaN);
      }
      OperatorContract contract = OperatorContract.of(new MatMul()).input(a).input(b);
      assertThat(contract.check()).containsExactly("matmul");
    }

    private static int[] shape(String text) {
      return Arrays.stream(text.split("x")).mapToInt(Integer::parseInt).toArray();
    }
  }
}
