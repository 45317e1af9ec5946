package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.Case;
import io.clarinet.Fresh;
import io.clarinet.RequiresOpenCl;
import io.clarinet.kernel.OperatorContract;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CastTest {
  private static Tensor cast(ElementType type, Tensor x) {
    return new Cast(type).evaluate(List.of(x)).get(0);
  }

  @Test
  void fractionsAreCutOff() {
    Tensor x = Tensor.of(Shape.of(4), 2.9f, -2.9f, Float.NaN, 1e30f);
    assertThat(cast(ElementType.INT64, x).toLongArray()).containsExactly(2, -2, 0, Long.MAX_VALUE);
    assertThat(cast(ElementType.BOOL, x).toLongArray()).containsExactly(1, 1, 1, 1);
  }

  /** Of floats all sizes and NaN, which halves have not, of integers some of both signs. */
  static Tensor drawn(Random random, ElementType from, ElementType to, Shape shape) {
    Tensor x = Tensor.zeros(from, shape);
    boolean real = from.isFloatingPoint() && to.isFloatingPoint();
    for (int i = 0; i < shape.size(); i++) {
      double scale = real ? Math.scalb(1.0, random.nextInt(60) - 40) : 100;
      x.set(i, from.isFloatingPoint() ? scale * random.nextGaussian() : random.nextInt(300) - 20.0);
    }
    if (real && shape.size() > 8) {
      x.set(3, Double.NaN);
      x.set(4, 1 + 0x1p-11);
      x.set(5, -1e39);
    }
    return x;
  }

  @Nested
  @RequiresOpenCl
  class Kernels {
    static List<Case> cases() {
      return Case.of("cast");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreeWithTheReference(Case c) {
      ElementType from = ElementType.valueOf(c.text("from"));
      ElementType to = ElementType.valueOf(c.text("to"));
      Shape shape = Shape.of(c.integer("n"), c.integer("elements"));
      Tensor x = drawn(Fresh.random(), from, to, shape);
      assertThat(OperatorContract.of(new Cast(to)).input(x).tolerance(0).check())
          .containsExactly("cast");
    }
  }
}
