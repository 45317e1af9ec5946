package io.clarinet.backend.opencl;

import static io.clarinet.backend.opencl.HandMadePlans.clampPlan;
import static io.clarinet.backend.opencl.HandMadePlans.packedPlan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.RequiresOpenCl;
import io.clarinet.TestDevice;
import io.clarinet.backend.Executable;
import io.clarinet.plan.Place;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Plan.PackedConstant;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

@RequiresOpenCl
class ClosingTest {
  private static final Shape SHAPE = Shape.of(1, 4);

  @Test
  void nothingIsLeftAfterFiftyOpenings() {
    int before = Handle.live();
    Tensor source = Tensor.of(Shape.of(4), 1, 2, 3, 4);
    PackedConstant constant = new PackedConstant(List.of(source), new HandMadePlans.Copy(4));
    for (int i = 0; i < 50; i++) {
      try (OpenClBackend backend = TestDevice.open(OpenClOptions.fromProperties())) {
        Executable kept = backend.load(clampPlan(backend.profile(), SHAPE, 0, 1));
        kept.run(List.of(Tensor.zeros(SHAPE)), List.of(Tensor.zeros(SHAPE)));
        kept.trace(List.of(Tensor.zeros(SHAPE)), List.of(Tensor.zeros(SHAPE)), 2);
        backend.load(packedPlan(backend.profile(), constant, SHAPE)).close();
      }
      assertThat(Handle.live()).isEqualTo(before);
    }
  }

  @Test
  void aFailedLoadLeavesNothing() {
    OpenClBackend backend = TestDevice.poisoned();
    int before = Handle.live();
    Place blocked =
        new Place(
            Place.Space.ARENA,
            0,
            0,
            4,
            io.clarinet.kernel.Layout.blocked(4),
            io.clarinet.tensor.ElementType.FLOAT32,
            Shape.of(1, 4, 1, 1));
    Plan plan =
        HandMadePlans.plan(
            backend.profile(), List.of(blocked), List.of(), List.of(), 4096, List.of());
    assertThatThrownBy(() -> backend.load(plan)).isInstanceOf(IllegalArgumentException.class);
    assertThat(Handle.live()).isEqualTo(before);
  }

  @Test
  void closingTheBackendWaitsForTheRunInFlight() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    OpenClBackend backend = TestDevice.open(OpenClOptions.fromProperties());
    Executable executable = backend.load(slowPlan(backend, running, mayEnd));
    Tensor y = Tensor.zeros(SHAPE);
    CompletableFuture<Void> run =
        CompletableFuture.runAsync(
            () -> executable.run(List.of(Tensor.of(SHAPE, 1, 2, 3, 4)), List.of(y)));
    running.await();
    CompletableFuture<Void> close = CompletableFuture.runAsync(backend::close);
    CompletableFuture<Void> late = CompletableFuture.runAsync(() -> awaitRefusal(executable));
    assertThat(close).isNotDone();
    mayEnd.countDown();
    run.get();
    close.get();
    late.get();
    assertThat(y.toFloatArray()).containsExactly(1, 2, 3, 4);
    backend.close();
    assertThatThrownBy(() -> backend.load(clampPlan(backend.profile(), SHAPE, 0, 1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  private static Plan slowPlan(
      OpenClBackend backend, CountDownLatch running, CountDownLatch mayEnd) {
    Place x = HandMadePlans.alone(0, SHAPE);
    Place y = HandMadePlans.alone(256, SHAPE);
    return HandMadePlans.plan(
        backend.profile(),
        List.of(x),
        List.of(y),
        List.of(
            HandMadePlans.host(
                "slow",
                (from, to) -> {
                  running.countDown();
                  try {
                    mayEnd.await();
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                  to.get(0).bytes().put(from.get(0).bytes());
                },
                x,
                y)),
        4096,
        List.of());
  }

  /** A run that comes while the executable closes ends, or is refused; it never hangs. */
  private static void awaitRefusal(Executable executable) {
    try {
      executable.run(List.of(Tensor.zeros(SHAPE)), List.of(Tensor.zeros(SHAPE)));
    } catch (IllegalStateException e) {
      assertThat(e).hasMessageContaining("closed");
    }
  }
}
