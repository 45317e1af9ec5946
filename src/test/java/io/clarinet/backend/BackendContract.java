package io.clarinet.backend;

import static io.clarinet.backend.HandMadePlans.alone;
import static io.clarinet.backend.HandMadePlans.host;
import static io.clarinet.backend.HandMadePlans.plan;

import io.clarinet.kernel.HostFunction;
import io.clarinet.plan.Place;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Step;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;

/** Plans whose steps run on the host, for the contracts of all devices. */
abstract class BackendContract {
  static final Shape SHAPE = Shape.of(1, 4);
  static final HostFunction COPY = (from, to) -> to.get(0).bytes().put(from.get(0).bytes());

  private final IntFunction<Backend> device;
  private final List<Backend> opened = new ArrayList<>();

  /**
   * @param device opens one with a number of lanes, whose arenas are NaN before each run
   */
  BackendContract(IntFunction<Backend> device) {
    this.device = device;
  }

  final Backend open(int lanes) {
    Backend backend = device.apply(lanes);
    opened.add(backend);
    return backend;
  }

  @AfterEach
  void close() {
    opened.forEach(Backend::close);
  }

  static Plan hostPlan(Backend backend, HostFunction function) {
    Place x = alone(0, SHAPE);
    Place y = alone(256, SHAPE);
    Step step = host("step", function, x, y);
    return plan(backend.profile(), List.of(x), List.of(y), List.of(step), 4096, List.of());
  }

  static float[] run(Executable executable, float... x) {
    Tensor y = Tensor.zeros(SHAPE);
    executable.run(List.of(Tensor.of(SHAPE, x)), List.of(y));
    return y.toFloatArray();
  }

  static <T> CompletableFuture<T> onThread(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, task -> new Thread(task).start());
  }

  static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
