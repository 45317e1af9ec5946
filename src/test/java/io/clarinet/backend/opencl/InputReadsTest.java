package io.clarinet.backend.opencl;

import static io.clarinet.backend.HandMadePlans.alone;
import static io.clarinet.backend.HandMadePlans.plain;
import static io.clarinet.backend.opencl.ClampPlans.clamp;
import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.TestProfile;
import io.clarinet.backend.HandMadePlans;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.plan.Place;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Step;
import io.clarinet.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class InputReadsTest {
  private static final Shape SHAPE = Shape.of(2, 128);
  private static final Shape HALF = Shape.of(1, 128);
  private static final Place A = alone(0, SHAPE);
  private static final Place B = alone(1024, SHAPE);
  private static final Place C = alone(2048, SHAPE);

  private static Step step(Place from, Place to) {
    return clamp("step", new Step.Operand.At(from), to, 0, 1);
  }

  private static InputReads reads(List<Place> inputs, Place output, Step... steps) {
    DeviceProfile device = new TestProfile().make();
    Plan plan =
        HandMadePlans.plan(device, inputs, List.of(output), List.of(steps), 1 << 12, List.of());
    return InputReads.of(plan);
  }

  @Test
  void everyReadingOfAnInputIsFoundAndThoseOfItsParts() {
    Place second = alone(512, HALF);
    InputReads reads =
        reads(List.of(A), C, step(A, B), step(second, alone(1536, HALF)), step(B, C));
    assertThat(reads.input(0, 0)).isZero();
    assertThat(reads.input(1, 0)).isZero();
    assertThat(reads.input(2, 0)).isEqualTo(-1);
  }

  @Test
  void inputsAreToldApart() {
    InputReads reads = reads(List.of(A, B), C, step(B, C), step(A, C));
    assertThat(reads.input(0, 0)).isOne();
    assertThat(reads.input(1, 0)).isZero();
  }

  @Test
  void whatLiesThereLaterIsNotTheInput() {
    InputReads reads = reads(List.of(A), C, step(A, B), step(B, A), step(A, C));
    assertThat(reads.input(0, 0)).isZero();
    assertThat(reads.input(2, 0)).isEqualTo(-1);
  }

  @Test
  void partsAreWrittenOverOneByOne() {
    Place first = alone(0, HALF);
    Place second = alone(512, HALF);
    InputReads reads = reads(List.of(A), C, step(A, B), step(B, first), step(second, C));
    assertThat(reads.input(0, 0)).isZero();
    assertThat(reads.input(2, 0)).isZero();
  }

  @Test
  void anInputThatAStepWritesOverAsItReadsStaysWhereItIs() {
    assertThat(reads(List.of(A), A, step(A, B), step(A, A)).input(0, 0)).isEqualTo(-1);
  }

  @Test
  void anInputThatIsAnOutputStaysWhereItIs() {
    assertThat(reads(List.of(A), A, step(A, B)).input(0, 0)).isEqualTo(-1);
    assertThat(reads(List.of(A), A, step(A, B), step(B, A)).input(0, 0)).isZero();
  }

  @Test
  void anInputThatIsReadWithWhatLiesBesideItStaysWhereItIs() {
    Place both = alone(0, Shape.of(4, 128));
    assertThat(reads(List.of(A), C, step(A, B), step(both, C)).input(0, 0)).isEqualTo(-1);
  }

  @Test
  void whatIsLeftOfAnInputBesideWhatCameLaterIsRead() {
    Place first = alone(0, HALF);
    InputReads reads = reads(List.of(A), C, step(A, B), step(B, first), step(A, C));
    assertThat(reads.input(0, 0)).isEqualTo(-1);
    assertThat(reads(List.of(A), A, step(A, B), step(B, first)).input(0, 0)).isEqualTo(-1);
  }

  @Test
  void inputsThatLieInEachOtherStayWhereTheyAre() {
    Place both = alone(0, Shape.of(4, 128));
    InputReads reads = reads(List.of(A, both), C, step(A, C));
    assertThat(reads.input(0, 0)).isEqualTo(-1);
  }

  @Test
  void anInputWithGapsStaysWhereItIs() {
    Place spread = plain(0, 256, SHAPE);
    assertThat(reads(List.of(spread), C, step(spread, C)).input(0, 0)).isEqualTo(-1);
  }
}
