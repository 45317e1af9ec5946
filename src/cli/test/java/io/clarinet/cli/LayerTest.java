package io.clarinet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.clarinet.report.Explanation;
import io.clarinet.report.Explanation.StepInfo;
import io.clarinet.report.Floor;
import io.clarinet.report.StepCost;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayerTest {
  private static final Floor FLOOR = new Floor(List.of(List.of(new Floor.Way(4, 3))));

  private static StepInfo step(String layer, String part, String kernel) {
    StepCost cost = new StepCost(10, 4, 3, FLOOR, 1, 1, null);
    return new StepInfo(
        layer + part, layer, "conv2d", kernel, "device", "2x3", 0.5, List.of(), cost, null);
  }

  private static Explanation plan(StepInfo... steps) {
    return new Explanation("m", "cpu", List.of(), List.of(steps), 0, 0, Floor.NONE, 0, 0, true);
  }

  @Test
  void partsOfALayerAreOneLine() {
    Explanation plan =
        plan(
            step("a", "[0:2]", "k"),
            step("b", "[0:2]", "k"),
            step("a", "[2:4]", "k"),
            step("b", "[2:4]", "k"));
    Measured measured = new Measured(new double[] {1, 2, 4, 8}, 20);
    assertThat(Layer.of(plan, measured))
        .extracting(Layer::name, Layer::output, Layer::seconds, Layer::predictedSeconds)
        .containsExactly(tuple("a", "2 of 2x3", 5.0, 1.0), tuple("b", "2 of 2x3", 10.0, 1.0));
    StepCost cost = Layer.of(plan, measured).get(0).cost();
    assertThat(cost).isEqualTo(new StepCost(20, 8, 6, FLOOR.and(FLOOR), 1, 1, null));
  }

  @Test
  void othersKeepTheirs() {
    Explanation plan =
        plan(step("a", "", "k"), step("a[1]", "", "k"), step("x:NCHW16c", "", "reorder"));
    assertThat(Layer.of(plan, null))
        .extracting(Layer::name)
        .containsExactly("a", "a[1]", "x:NCHW16c");
    assertThat(Layer.of(plan, null).get(0).output()).isEqualTo("2x3");
    assertThat(Layer.of(plan, null).get(0).seconds()).isNaN();
  }
}
