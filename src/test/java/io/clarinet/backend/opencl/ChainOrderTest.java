package io.clarinet.backend.opencl;

import static io.clarinet.backend.HandMadePlans.alone;
import static io.clarinet.backend.opencl.ClampPlans.clamp;
import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.plan.Place;
import io.clarinet.plan.Step;
import io.clarinet.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChainOrderTest {
  private static final Shape SHAPE = Shape.of(1, 256);
  private static final Place A = alone(0, SHAPE);
  private static final Place B = alone(1024, SHAPE);
  private static final Place C = alone(2048, SHAPE);
  private static final Place D = alone(3072, SHAPE);

  private static Step step(Place from, Place to) {
    return clamp("step", new Step.Operand.At(from), to, 0, 1);
  }

  @Test
  void aReaderWaitsForItsWriter() {
    assertThat(ChainOrder.predecessors(List.of(step(A, B), step(B, C)))).containsExactly(0, 1);
  }

  @Test
  void siblingsDoNotWaitForEachOther() {
    assertThat(ChainOrder.predecessors(List.of(step(A, B), step(A, C), step(A, D))))
        .containsExactly(0, 0, 0);
  }

  @Test
  void aWriterWaitsForThoseWhoReadWhatItOverwrites() {
    assertThat(ChainOrder.predecessors(List.of(step(A, B), step(C, D), step(C, A))))
        .containsExactly(0, 0, 1);
  }

  @Test
  void ofTwoWritersTheSecondWaits() {
    assertThat(ChainOrder.predecessors(List.of(step(A, B), step(C, B)))).containsExactly(0, 1);
  }

  @Test
  void partsThatOverlapCount() {
    Place half = alone(512, SHAPE);
    assertThat(ChainOrder.predecessors(List.of(step(C, A), step(half, D)))).containsExactly(0, 1);
  }
}
