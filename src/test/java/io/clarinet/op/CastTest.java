package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.Case;
import io.clarinet.Fresh;
import io.clarinet.RequiresOpenCl;
import io.clarinet.kernel.CastCases;
import io.clarinet.kernel.OperatorContract;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
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
      Tensor x = CastCases.drawn(Fresh.random(), from, to, shape);
      assertThat(OperatorContract.of(new Cast(to)).input(x).tolerance(0).check())
          .containsExactly("cast");
    }
  }
}
