package io.clarinet.backend.opencl;

import static io.clarinet.backend.HandMadePlans.alone;
import static io.clarinet.backend.opencl.ClampPlans.clamp;
import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.graph.Node;
import io.clarinet.plan.Place;
import io.clarinet.plan.Step;
import io.clarinet.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChainStrandsTest {
  private static final int COUNT = 2;

  private static Place place(int number) {
    return alone(1024L * number, Shape.of(1, 256));
  }

  /** A step from one place to another. */
  private static Step common(int from, int to) {
    return clamp("step", new Step.Operand.At(place(from)), place(to), 0, 1);
  }

  private static Step of(int strand, int from, int to) {
    Step step = common(from, to);
    Node.Part part = new Node.Part("step", strand, strand + 1, new Node.Strand(strand, COUNT));
    return new Step(
        step.node(),
        new Step.Layer("step", part, Step.Layer.NO_NODE, 0),
        step.op(),
        step.kernel(),
        step.action(),
        step.inputs(),
        step.outputs(),
        step.packed(),
        step.scratch(),
        step.seconds(),
        step.declined());
  }

  private static final List<Step> STRANDS =
      List.of(of(0, 1, 2), of(0, 2, 3), of(1, 1, 4), of(1, 4, 5));

  private static List<Step> steps(Step... steps) {
    return List.of(steps);
  }

  private static List<Step> with(List<Step> before, List<Step> steps, List<Step> behind) {
    List<Step> all = new ArrayList<>(before);
    all.addAll(steps);
    all.addAll(behind);
    return all;
  }

  @Test
  void stepsWithoutStrandsAllComeBefore() {
    assertThat(ChainStrands.of(steps(common(0, 1), common(1, 2)), COUNT))
        .isEqualTo(new ChainStrands(1, 2, 0));
  }

  @Test
  void strandsHaveStepsBeforeAndBehind() {
    assertThat(ChainStrands.of(STRANDS, COUNT)).isEqualTo(new ChainStrands(COUNT, 0, 2));
    List<Step> all = with(steps(common(0, 1)), STRANDS, steps(common(3, 6), common(5, 7)));
    assertThat(ChainStrands.of(all, 2 * COUNT)).isEqualTo(new ChainStrands(COUNT, 1, 2));
  }

  @Test
  void strandsThatMeetInMemoryAreNone() {
    List<Step> meet = steps(of(0, 1, 2), of(0, 2, 3), of(1, 1, 4), of(1, 4, 2));
    assertThat(ChainStrands.of(meet, COUNT)).isEqualTo(new ChainStrands(1, 4, 0));
  }

  @Test
  void strandsOfDifferentLengthsAreNone() {
    List<Step> uneven = steps(of(0, 1, 2), of(0, 2, 3), of(1, 1, 4));
    assertThat(ChainStrands.of(uneven, COUNT)).isEqualTo(new ChainStrands(1, 3, 0));
  }

  @Test
  void someOfThePlansStrandsAreNone() {
    List<Step> one = steps(of(0, 1, 2), of(0, 2, 3));
    assertThat(ChainStrands.of(one, COUNT)).isEqualTo(new ChainStrands(1, 2, 0));
    List<Step> again = with(STRANDS, steps(common(5, 6)), steps(of(1, 6, 7)));
    assertThat(ChainStrands.of(again, COUNT)).isEqualTo(new ChainStrands(1, 6, 0));
  }

  @Test
  void coresThatCannotBeDealtOutEvenlyRunThemAsOne() {
    assertThat(ChainStrands.of(STRANDS, 3)).isEqualTo(new ChainStrands(1, 4, 0));
  }
}
