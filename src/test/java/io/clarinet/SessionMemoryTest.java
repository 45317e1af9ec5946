package io.clarinet;

import static org.assertj.core.api.Assertions.assertThat;

import io.clarinet.report.Explanation;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A session tells what it holds, and no more after it has given it back. */
@RequiresOpenCl
class SessionMemoryTest {

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "opencl"})
  void weightsAreHeldOnceAndLanesByEachPlan(String device) {
    Model model = Model.zoo("cifar_resnet20");
    try (Session session = model.open(Device.find(device))) {
      SessionMemory before = session.memory();
      assertThat(before.plans()).isZero();
      assertThat(before.deviceBytes()).isZero();
      assertThat(before.planBytes()).isZero();
      SessionMemory foreseen = session.memory(List.of(Shape.of(1, 3, 32, 32)));
      assertThat(session.memory()).isEqualTo(before);
      Explanation small = session.explain(List.of(Shape.of(1, 3, 32, 32)));
      SessionMemory one = session.memory();
      assertThat(foreseen).isEqualTo(one);
      assertThat(one.plans()).isEqualTo(1);
      assertThat(one.lanes()).isEqualTo(1);
      assertThat(one.weightBytes()).isEqualTo(small.weightsBytes()).isPositive();
      assertThat(one.laneBytes()).isEqualTo(small.arenaBytes()).isPositive();
      session.prepare(Shape.of(1, 3, 32, 32));
      assertThat(session.memory()).isEqualTo(one);
      Explanation large = session.explain(List.of(Shape.of(3, 3, 32, 32)));
      SessionMemory two = session.memory();
      assertThat(two.lanes()).isEqualTo(2);
      assertThat(two.laneBytes()).isEqualTo(small.arenaBytes() + large.arenaBytes());
      assertThat(two.weightBytes()).isLessThan(small.weightsBytes() + large.weightsBytes());
      assertThat(two.planBytes()).isGreaterThan(one.planBytes());
      assertThat(two.deviceBytes()).isEqualTo(two.weightBytes() + two.laneBytes());
      assertThat(two.hostBytes()).isEqualTo(two.planBytes() + two.modelBytes());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "opencl"})
  void modelsThatAreOpenedBesideEachOtherShareTheirWeights(String device) {
    Tensor input = TestTensors.random(Fresh.random(), 1, 3, 32, 32);
    Model model = Model.zoo("cifar_resnet20");
    Session first = model.open(Device.find(device));
    Tensor expected = first.run(input);
    SessionMemory alone = first.memory();
    try (Session beside = first.openBeside(model.withFeatures())) {
      beside.run(List.of(input));
      SessionMemory both = first.memory();
      assertThat(both.weightBytes()).isEqualTo(alone.weightBytes());
      assertThat(both.laneBytes()).isGreaterThan(alone.laneBytes());
      assertThat(both.plans()).isEqualTo(1);
      first.close();
      first.close();
      Tensor answer = beside.run(List.of(input)).get(0);
      assertThat(TestTensors.relativeError(answer, expected)).isLessThan(1e-5);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "opencl"})
  void whatGivesWayIsHeldNoMore(String device) {
    SessionOptions little = SessionOptions.EXACT.withPlanMemory(1);
    try (Session session = Model.zoo("cifar_resnet20").open(Device.find(device), little)) {
      for (int batch : new int[] {1, 3}) {
        Explanation plan = session.explain(List.of(Shape.of(batch, 3, 32, 32)));
        SessionMemory memory = session.memory();
        assertThat(memory.plans()).isEqualTo(1);
        assertThat(memory.laneBytes()).isEqualTo(plan.arenaBytes());
        assertThat(memory.weightBytes()).isEqualTo(plan.weightsBytes());
      }
    }
  }
}
