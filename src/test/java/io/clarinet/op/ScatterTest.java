package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.Case;
import io.clarinet.Fresh;
import io.clarinet.RequiresOpenCl;
import io.clarinet.TestTensors;
import io.clarinet.kernel.OperatorContract;
import io.clarinet.op.Scatter.Form;
import io.clarinet.op.Scatter.Join;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScatterTest {
  private static final Tensor X = Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
  private static final Form ROWS = new Form.Elements(1);

  private static float[] run(Scatter op, Tensor x, Tensor indices, Tensor updates) {
    return op.evaluate(List.of(x, indices, updates)).get(0).toFloatArray();
  }

  @Test
  void elementsAreWrittenAlongAnAxis() {
    Tensor indices = Tensor.ofLongs(Shape.of(2, 2), 2, 0, -1, -3);
    Tensor updates = Tensor.of(Shape.of(2, 2), 7, 8, 9, 10);
    assertThat(run(new Scatter(ROWS, Join.REPLACE), X, indices, updates))
        .containsExactly(8, 2, 7, 10, 5, 9);
    Tensor column = Tensor.ofLongs(Shape.of(1, 2), 1, 0);
    assertThat(
            run(
                new Scatter(new Form.Elements(-2), Join.REPLACE),
                X,
                column,
                Tensor.of(Shape.of(1, 2), 7, 8)))
        .containsExactly(1, 8, 3, 7, 5, 6);
  }

  @Test
  void slicesAreWrittenWhereTuplesSay() {
    Tensor updates = Tensor.of(Shape.of(1, 3), 7, 8, 9);
    Scatter replace = new Scatter(new Form.Slices(), Join.REPLACE);
    assertThat(run(replace, X, Tensor.ofLongs(Shape.of(1, 1), -1), updates))
        .containsExactly(1, 2, 3, 7, 8, 9);
    Tensor pairs = Tensor.ofLongs(Shape.of(2, 2), 0, 1, -1, -1);
    assertThat(run(replace, X, pairs, Tensor.of(Shape.of(2), 7, 8)))
        .containsExactly(1, 7, 3, 4, 5, 8);
  }

  @Test
  void updatesOfOneElementCountInTheirOrder() {
    Tensor x = Tensor.of(Shape.of(2), 2, 0.5f);
    Tensor indices = Tensor.ofLongs(Shape.of(3), 0, 0, 0);
    Tensor updates = Tensor.of(Shape.of(3), 3, 5, 4);
    Form vector = new Form.Elements(0);
    assertThat(run(new Scatter(vector, Join.REPLACE), x, indices, updates))
        .containsExactly(4, 0.5f);
    assertThat(run(new Scatter(vector, Join.ADD), x, indices, updates)).containsExactly(14, 0.5f);
    assertThat(run(new Scatter(vector, Join.MULTIPLY), x, indices, updates))
        .containsExactly(120, 0.5f);
    assertThat(run(new Scatter(vector, Join.MAX), x, indices, updates)).containsExactly(5, 0.5f);
    assertThat(run(new Scatter(vector, Join.MIN), x, indices, updates)).containsExactly(2, 0.5f);
  }

  @Test
  void integersStayExact() {
    long large = (1L << 53) + 1;
    Tensor x = Tensor.ofLongs(Shape.of(1), large);
    Scatter add = new Scatter(new Form.Elements(0), Join.ADD);
    Tensor zero = Tensor.ofLongs(Shape.of(1), 0);
    Tensor two = Tensor.ofLongs(Shape.of(1), 2);
    assertThat(add.evaluate(List.of(x, zero, two)).get(0).toLongArray()).containsExactly(large + 2);
  }

  @Test
  void refusesWhatDoesNotFit() {
    Scatter add = new Scatter(ROWS, Join.ADD);
    Tensor one = Tensor.of(Shape.of(1, 1), 1);
    assertThatThrownBy(() -> run(add, X, Tensor.ofLongs(Shape.of(1, 1), 3), one))
        .hasMessageContaining("index 3 is outside of 3");
    Fact indices = Fact.of(Tensor.ofLongs(Shape.of(1, 2), 0, 0));
    assertThatThrownBy(() -> add.infer(List.of(Fact.of(X), indices, Fact.of(one))))
        .hasMessageContaining("do not fit");
    Scatter slices = new Scatter(new Form.Slices(), Join.ADD);
    Fact triples = Fact.of(Tensor.ofLongs(Shape.of(1, 3), 0, 0, 0));
    assertThatThrownBy(() -> slices.infer(List.of(Fact.of(X), triples, Fact.of(one))))
        .hasMessageContaining("do not fit");
  }

  @Nested
  @RequiresOpenCl
  class Kernels {
    private final Random random = Fresh.random();

    static List<Case> cases() {
      return Case.of("scatter");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreeWithTheReference(Case c) {
      Tensor x = TestTensors.random(random, c.integer("n"), c.integer("item"));
      Tensor updates = TestTensors.random(random, c.integer("updates"));
      if (c.flag("nan")) {
        updates.set(random.nextInt(c.integer("updates")), Double.NaN);
      }
      Tensor indices = Tensor.zeros(ElementType.INT64, Shape.of(c.integer("updates"), 2));
      for (long i = 0; i < indices.shape().size(); i++) {
        int extent = x.shape().dim((int) (i % 2));
        indices.set(i, (long) random.nextInt(-extent, extent));
      }
      Join join = Join.valueOf(c.text("join").toUpperCase(Locale.ROOT));
      assertThat(
              OperatorContract.of(new Scatter(new Form.Slices(), join))
                  .input(x)
                  .constant(indices)
                  .input(updates)
                  .check())
          .containsExactly("scatter");
    }

    @Test
    void writeElementsAlongAnyAxis() {
      Tensor x = TestTensors.random(random, 3, 5, 7);
      for (int axis = 0; axis < 3; axis++) {
        Tensor indices = Tensor.zeros(ElementType.INT64, Shape.of(2, 3, 5));
        for (long i = 0; i < indices.shape().size(); i++) {
          indices.set(i, (long) random.nextInt(x.shape().dim(axis)));
        }
        OperatorContract.of(new Scatter(new Form.Elements(axis), Join.ADD))
            .input(x)
            .constant(indices)
            .constant(TestTensors.random(random, 2, 3, 5))
            .check();
      }
    }
  }
}
