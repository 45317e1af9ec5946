package io.clarinet.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.clarinet.graph.Graph;
import io.clarinet.graph.GraphBuilder;
import io.clarinet.op.Dense;
import io.clarinet.op.Epilogue;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.HalfFloat;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import org.junit.jupiter.api.Test;

class HalveDenseWeightsTest {
  private static final Dense DENSE = new Dense(false, Epilogue.NONE);

  @Test
  void weightsBecomeTheNearestHalvesInTheSameOrder() {
    Tensor weights = PassContract.random(1, 5, 3);
    Tensor halves = halved(new HalveDenseWeights(), weights).tensor();
    assertThat(halves.type()).isEqualTo(ElementType.FLOAT16);
    assertThat(halves.shape()).isEqualTo(weights.shape());
    for (int i = 0; i < 15; i++) {
      float nearest = HalfFloat.toFloat(HalfFloat.fromFloat(weights.floats().get(i)));
      assertThat(halves.doubleAt(i)).isEqualTo(nearest);
      assertThat(nearest).isNotEqualTo(weights.floats().get(i));
    }
  }

  @Test
  void oneConstantStaysOneFromOneInputShapeToTheNext() {
    Tensor weights = PassContract.random(1, 5, 3);
    HalveDenseWeights pass = new HalveDenseWeights();
    assertThat(halved(pass, weights)).isSameAs(halved(pass, weights));
  }

  @Test
  void infinityAndNanStayWhatTheyAre() {
    Tensor weights = Tensor.of(Shape.of(3, 1), Float.NEGATIVE_INFINITY, Float.NaN, 65504);
    Tensor halves = halved(new HalveDenseWeights(), weights).tensor();
    assertThat(halves.doubleAt(0)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(halves.doubleAt(1)).isNaN();
    assertThat(halves.doubleAt(2)).isEqualTo(65504);
  }

  @Test
  void aWeightBeyondHalfPrecisionIsRefusedByName() {
    Constant halves = halved(new HalveDenseWeights(), Tensor.of(Shape.of(2, 1), 1, 70000));
    assertThatIllegalArgumentException()
        .isThrownBy(halves::tensor)
        .withMessageContaining("\"w\"")
        .withMessageContaining("70000");
  }

  @Test
  void weightsThatAreComputedAndOtherOperatorsAreLeftAlone() {
    GraphBuilder graph = new GraphBuilder("test");
    graph.input("x", 2, 5);
    graph.input("v", 5, 3);
    graph.constant("b", PassContract.random(1, 2, 3));
    graph.add("dense", DENSE, "x", "v");
    graph.add("y", io.clarinet.op.Binary.ADD, "dense", "b");
    Graph before = graph.output("y").build();
    assertThat(new HalveDenseWeights().apply(before)).isSameAs(before);
  }

  private static Constant halved(Pass pass, Tensor weights) {
    GraphBuilder graph = new GraphBuilder("test");
    graph.input("x", 2, weights.shape().dim(0));
    graph.constant("w", weights);
    graph.add("y", DENSE, "x", "w");
    Graph after = pass.apply(graph.output("y").build());
    return after.constants().get(after.nodes().get(0).inputs().get(1));
  }
}
