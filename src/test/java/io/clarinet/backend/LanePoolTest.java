package io.clarinet.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LanePoolTest {
  private final List<Fake> made = new ArrayList<>();
  private int closings;
  private boolean fails;

  private final class Fake implements Lane {
    final boolean tracing;
    int closed;

    Fake(boolean tracing) {
      this.tracing = tracing;
    }

    @Override
    public void run(List<Tensor> inputs, List<Tensor> outputs) {}

    @Override
    public List<Span> trace(List<Tensor> inputs, List<Tensor> outputs) {
      return List.of();
    }

    @Override
    public void close() {
      closed++;
      if (fails) {
        throw new DeviceException("lost");
      }
    }
  }

  private Lane make(boolean tracing) {
    if (fails) {
      throw new DeviceException("no room");
    }
    Fake lane = new Fake(tracing);
    made.add(lane);
    return lane;
  }

  private LanePool pool(int size) {
    return new LanePool(size, this::make, () -> closings++);
  }

  @Test
  void lanesAreMadeWhenTheyAreNeeded() {
    try (LanePool pool = pool(2)) {
      assertThat(made).hasSize(1);
      pool.giveBack(pool.take());
      pool.giveBack(pool.take());
      assertThat(made).hasSize(1);
      Lane first = pool.take();
      Lane second = pool.take();
      assertThat(made).containsExactly((Fake) first, (Fake) second);
      pool.giveBack(first);
      pool.giveBack(second);
    }
    assertThat(made).allMatch(lane -> lane.closed == 1);
    assertThat(closings).isEqualTo(1);
  }

  @Test
  void aDiscardedLaneIsReplaced() {
    try (LanePool pool = pool(1)) {
      Lane failed = pool.take();
      pool.discard(failed);
      assertThat(made.get(0).closed).isEqualTo(1);
      Lane next = pool.take();
      assertThat(next).isNotSameAs(failed);
      pool.giveBack(next);
    }
    assertThat(made).allMatch(lane -> lane.closed == 1);
  }

  @Test
  void aLaneForTracingTakesAnIdleOnesRoom() {
    try (LanePool pool = pool(1)) {
      Fake tracing = (Fake) pool.takeForTracing();
      assertThat(tracing.tracing).isTrue();
      assertThat(made.get(0).closed).isEqualTo(1);
      pool.discard(tracing);
      pool.giveBack(pool.take());
    }
    assertThat(made).hasSize(3).allMatch(lane -> lane.closed == 1);
  }

  /** Else the next caller would wait for ever. */
  @Test
  void whateverFailsTheLanesPlaceIsFreeAgain() {
    try (LanePool pool = pool(1)) {
      Lane taken = pool.take();
      fails = true;
      assertThatThrownBy(() -> pool.discard(taken)).isInstanceOf(DeviceException.class);
      assertThatThrownBy(pool::take).isInstanceOf(DeviceException.class);
      assertThatThrownBy(pool::takeForTracing).isInstanceOf(DeviceException.class);
      fails = false;
      pool.giveBack(pool.take());
      fails = true;
      assertThatThrownBy(pool::close).isInstanceOf(DeviceException.class);
    }
    assertThat(closings).isEqualTo(1);
  }

  @Test
  void aClosedPoolRefuses() {
    LanePool pool = pool(1);
    pool.close();
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(pool::take).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(pool::takeForTracing).isInstanceOf(IllegalStateException.class);
    }
    pool.close();
    assertThat(made).hasSize(1);
    assertThat(closings).isEqualTo(1);
  }

  /** Whoever closes may rely on it that all is closed, also if another began. */
  @Test
  void everyClosingWaitsForTheLanesInUse() {
    LanePool pool = pool(2);
    Lane used = pool.take();
    List<CompletableFuture<Integer>> closed = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      closed.add(
          CompletableFuture.supplyAsync(
              () -> {
                pool.close();
                return closings;
              },
              task -> new Thread(task).start()));
    }
    assertThat(closed).noneMatch(CompletableFuture::isDone);
    pool.giveBack(used);
    assertThat(closed.stream().map(CompletableFuture::join)).containsOnly(1);
    assertThat(made.get(0).closed).isEqualTo(1);
  }
}
