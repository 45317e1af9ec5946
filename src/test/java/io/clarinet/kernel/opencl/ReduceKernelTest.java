package io.clarinet.kernel.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.Case;
import io.clarinet.Fresh;
import io.clarinet.RequiresOpenCl;
import io.clarinet.TestTensors;
import io.clarinet.kernel.OperatorContract;
import io.clarinet.op.Reduce;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@RequiresOpenCl
class ReduceKernelTest {
  private final Random random = Fresh.random();

  static List<Case> cases() {
    return Case.of("reduce");
  }

  private static Reduce.Kind kind(String name) {
    return switch (name) {
      case "squares" -> Reduce.Kind.SUM_SQUARE;
      default ->
          Arrays.stream(Reduce.Kind.values())
              .filter(k -> k.name().equalsIgnoreCase(name))
              .findFirst()
              .orElseThrow();
    };
  }

  private Tensor positive(int... dims) {
    Tensor x = TestTensors.random(random, dims);
    for (long i = 0; i < x.shape().size(); i++) {
      x.set(i, 0.5 + random.nextDouble());
    }
    return x;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithTheReference(Case c) {
    int[] dims = {c.integer("n"), c.integer("outer"), c.integer("axis"), c.integer("inner")};
    Tensor x = c.isPage() ? TestTensors.page(random, 0.9, 0.01, dims) : positive(dims);
    if (c.flag("nan")) {
      x.set(random.nextInt((int) x.shape().size()), Double.NaN);
    }
    List<Integer> axes = c.flag("batch") ? List.of(0, 2) : List.of(2);
    for (boolean keep : new boolean[] {true, false}) {
      Reduce op = new Reduce(kind(c.text("kind")), axes, keep, false);
      assertThat(OperatorContract.of(op).input(x).check()).contains("reduce");
    }
  }

  @ParameterizedTest
  @EnumSource(Reduce.Kind.class)
  void everyFunctionAgrees(Reduce.Kind kind) {
    Tensor x = positive(2, 5, 21, 3);
    OperatorContract.of(new Reduce(kind, List.of(-1), false, false)).input(x).check();
    OperatorContract.of(new Reduce(kind, List.of(1), true, false)).input(x).check();
    x.set(77, Double.NaN);
    OperatorContract.of(new Reduce(kind, List.of(), false, false)).input(x).check();
  }

  @ParameterizedTest
  @CsvSource({"7,0", "3x5,0", "3x5,1", "2x3x4,1x2", "4x1x3x1x5,2x4", "1x6x7,0x1", "2x3x4,0x1x2"})
  void takesAnyRank(String shape, String axes) {
    int[] dims = Arrays.stream(shape.split("x")).mapToInt(Integer::parseInt).toArray();
    Tensor given =
        Tensor.ofLongs(
            Shape.of(axes.split("x").length),
            Arrays.stream(axes.split("x")).mapToLong(Long::parseLong).toArray());
    OperatorContract.of(new Reduce(Reduce.Kind.SUM, List.of(), false, false))
        .input(positive(dims))
        .constant(given)
        .check();
  }

  @Test
  void meansAndMaximaOfPixelsStayInBlocks() {
    for (Reduce.Kind kind : List.of(Reduce.Kind.MEAN, Reduce.Kind.MAX)) {
      Reduce op = new Reduce(kind, List.of(2, -1), true, false);
      assertThat(OperatorContract.of(op).input(positive(2, 19, 5, 7)).check())
          .containsExactly("reduce", "reduce_image");
    }
  }
}
