package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.Case;
import io.clarinet.Fresh;
import io.clarinet.RequiresOpenCl;
import io.clarinet.TestTensors;
import io.clarinet.kernel.OperatorContract;
import io.clarinet.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnaryTest {

  /** The function that a case names, or null for none. */
  static @Nullable Unary named(String name) {
    return switch (name) {
      case "none" -> null;
      case "relu" -> Unary.RELU;
      case "relu6" -> new Unary(Unary.Kind.CLIP, 0, 6);
      case "clip" -> new Unary(Unary.Kind.CLIP, 0.25f, 0.5f);
      case "sigmoid" -> new Unary(Unary.Kind.SIGMOID, 0, 0);
      case "leaky" -> new Unary(Unary.Kind.LEAKY_RELU, 0.1f, 0);
      case "tanh" -> new Unary(Unary.Kind.TANH, 0, 0);
      case "exp" -> new Unary(Unary.Kind.EXP, 0, 0);
      default -> throw new IllegalArgumentException("no activation " + name);
    };
  }

  @Nested
  @RequiresOpenCl
  class Kernels {
    private final Random random = Fresh.random();

    static List<Case> cases() {
      return Case.of("unary");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreeWithTheReference(Case c) {
      Unary op = Objects.requireNonNull(named(c.text("activation")));
      Tensor x =
          TestTensors.random(
              random, c.integer("n"), c.integer("c"), c.integer("h"), c.integer("w"));
      if (c.flag("nan")) {
        x.set(random.nextInt((int) x.shape().size()), Double.NaN);
      }
      assertThat(OperatorContract.of(op).input(x).tolerance(2e-6).check())
          .containsExactly("unary", "unary_plain");
    }

    @ParameterizedTest
    @EnumSource(Unary.Kind.class)
    void everyFunctionAgrees(Unary.Kind kind) {
      Tensor x = TestTensors.random(random, 3, 21, 5, 3);
      x.set(17, Double.NaN);
      OperatorContract.of(new Unary(kind, 0.25f, 0.75f)).input(x).tolerance(2e-6).check();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void takesAnyRank(int rank) {
      int[] dims = new int[rank];
      Arrays.fill(dims, 7);
      OperatorContract.of(Unary.RELU).input(TestTensors.random(random, dims)).check();
    }
  }
}
