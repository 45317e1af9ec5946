package io.clarinet.backend;

import static io.clarinet.backend.BackendContract.await;
import static io.clarinet.backend.BackendContract.onThread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.TestProfile;
import io.clarinet.plan.Plan;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class LoadedPlansTest {
  private static final Plan EMPTY =
      new Plan(new TestProfile().make(), List.of(), List.of(), List.of(), List.of(), List.of());

  private final LoadedPlans plans = new LoadedPlans("test");
  private final List<LoadedPlan> closed = new ArrayList<>();
  private boolean lost;

  /** Fails whatever it does once its device is lost. */
  private final class Fake implements Lane {
    @Override
    public void run(List<Tensor> inputs, List<Tensor> outputs) {
      failIfLost("run");
    }

    @Override
    public List<Span> trace(List<Tensor> inputs, List<Tensor> outputs) {
      failIfLost("trace");
      return List.of();
    }

    @Override
    public void close() {
      failIfLost("close");
    }
  }

  private void failIfLost(String what) {
    if (lost) {
      throw new DeviceException(what);
    }
  }

  private LoadedPlan plan(Consumer<LoadedPlan> forget) {
    return new LoadedPlan(EMPTY, 1, tracing -> new Fake(), forget.andThen(closed::add));
  }

  /** A plan that is being loaded at closing does not outlive the device. */
  @Test
  void closingWaitsForWhatIsBeingLoaded() {
    CountDownLatch loading = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    CompletableFuture<Executable> load =
        onThread(
            () ->
                plans.load(
                    forget -> {
                      loading.countDown();
                      await(mayEnd);
                      return plan(forget);
                    }));
    await(loading);
    CompletableFuture<Boolean> close = onThread(plans::close);
    assertThat(close).isNotDone();
    mayEnd.countDown();
    assertThat(close.join()).isTrue();
    assertThat(closed).containsExactly((LoadedPlan) load.join());
  }

  @Test
  void aPlanIsClosedOnce() {
    Executable first = plans.load(this::plan);
    Executable second = plans.load(this::plan);
    first.close();
    assertThat(plans.close()).isTrue();
    assertThat(plans.close()).isFalse();
    second.close();
    assertThat(closed).containsExactly((LoadedPlan) first, (LoadedPlan) second);
    assertThatThrownBy(() -> plans.load(this::plan))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("test is closed; open it again");
  }

  /** Else nobody would learn what went wrong first. */
  @Test
  void aFailedRunIsToldBeforeAFailureToCloseItsLane() {
    Executable plan = plans.load(this::plan);
    for (int i = 0; i < 2; i++) {
      assertThat(plan.trace(List.of(), List.of(), 2)).hasSize(2);
      lost = true;
      assertThatThrownBy(() -> plan.run(List.of(), List.of()))
          .isInstanceOf(DeviceException.class)
          .hasMessage("run")
          .satisfies(e -> assertThat(e.getSuppressed()[0]).hasMessage("close"));
      lost = false;
    }
    plan.run(List.of(), List.of());
  }
}
