package io.clarinet.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.Case;
import io.clarinet.Fresh;
import io.clarinet.RequiresOpenCl;
import io.clarinet.TestDevice;
import io.clarinet.TestTensors;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.OperatorContract;
import io.clarinet.kernel.opencl.OpenClKernels;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GatherNdTest {
  private static final Tensor X = Tensor.of(Shape.of(2, 2, 2), 1, 2, 3, 4, 5, 6, 7, 8);

  private static Tensor pick(int batch, Tensor indices) {
    return new GatherNd(batch).evaluate(List.of(X, indices)).get(0);
  }

  @Test
  void everyTupleNamesASlice() {
    Tensor pairs = pick(0, Tensor.ofLongs(Shape.of(2, 1, 2), 0, -1, 1, 0));
    assertThat(pairs.shape()).isEqualTo(Shape.of(2, 1, 2));
    assertThat(pairs.toFloatArray()).containsExactly(3, 4, 5, 6);
    assertThat(pick(0, Tensor.ofLongs(Shape.of(1, 3), 1, 0, 1)).toFloatArray()).containsExactly(6);
  }

  @Test
  void everyItemHasItsOwn() {
    Tensor items = pick(1, Tensor.ofLongs(Shape.of(2, 1), 1, 0));
    assertThat(items.shape()).isEqualTo(Shape.of(2, 2));
    assertThat(items.toFloatArray()).containsExactly(3, 4, 5, 6);
    Tensor both = pick(2, Tensor.ofLongs(Shape.of(2, 2, 1), 0, 1, 1, 0));
    assertThat(both.toFloatArray()).containsExactly(1, 4, 6, 7);
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> pick(0, Tensor.ofLongs(Shape.of(1, 2), 0, 2)))
        .hasMessageContaining("index 2 is outside of 2");
    Fact four = Fact.of(Tensor.ofLongs(Shape.of(1, 4), 0, 0, 0, 0));
    assertThatThrownBy(() -> new GatherNd(0).infer(List.of(Fact.of(X), four)))
        .hasMessageContaining("do not fit");
    Fact oneItem = Fact.of(Tensor.ofLongs(Shape.of(1, 1), 0));
    assertThatThrownBy(() -> new GatherNd(1).infer(List.of(Fact.of(X), oneItem)))
        .hasMessageContaining("do not fit");
  }

  @Nested
  @RequiresOpenCl
  class Kernels {
    private final Random random = Fresh.random();

    static List<Case> cases() {
      return Case.of("pick").stream().filter(c -> !c.flag("zeros")).toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreeWithTheReference(Case c) {
      Tensor x = TestTensors.random(random, c.integer("n"), c.integer("x_item"));
      if (c.flag("nan")) {
        x.set(random.nextInt((int) x.shape().size()), Double.NaN);
      }
      Tensor indices =
          Tensor.zeros(ElementType.INT64, Shape.of(c.integer("yn"), c.integer("y_item"), 2));
      for (long i = 0; i < indices.shape().size(); i++) {
        int extent = x.shape().dim((int) (i % 2));
        indices.set(i, (long) random.nextInt(-extent, extent));
      }
      OperatorContract contract = OperatorContract.of(new GatherNd(0)).input(x).constant(indices);
      assertThat(contract.tolerance(0).check()).containsExactly("pick");
    }

    @Test
    void decliningIndicesThatAreOutside() {
      Fact outside = Fact.of(Tensor.ofLongs(Shape.of(1, 1), 2));
      List<Fact> inputs = List.of(Fact.of(X.shape()), outside);
      List<Fact> outputs = new GatherNd(0).infer(inputs);
      Offer offer =
          OpenClKernels.table()
              .of(new GatherNd(0))
              .get(0)
              .offer(inputs, outputs, TestDevice.poisoned().profile());
      assertThat(offer).isEqualTo(new Offer.Decline("index 2 is outside of 2"));
    }
  }
}
