package io.clarinet.backend;

import static io.clarinet.backend.HandMadePlans.alone;
import static io.clarinet.backend.HandMadePlans.host;
import static io.clarinet.backend.HandMadePlans.packed;
import static io.clarinet.backend.HandMadePlans.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.kernel.HostFunction;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.Packing;
import io.clarinet.plan.Place;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Plan.PackedConstant;
import io.clarinet.plan.Step;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Lifetimes on every device: packed constants, loaded plans, runs in flight. */
public abstract class LifetimeContract extends BackendContract {

  protected LifetimeContract(IntFunction<Backend> device) {
    super(device);
  }

  /** Copies, counts, or runs out of memory. */
  private static final class Counting implements Packing {
    int times;
    boolean fails;

    @Override
    public long bytes() {
      return 4 * Float.BYTES;
    }

    @Override
    public void pack(List<Tensor> sources, ByteBuffer target) {
      times++;
      if (fails) {
        throw new OutOfMemoryError("heap");
      }
      target.put(sources.get(0).bytes());
    }
  }

  private final Counting packing = new Counting();
  private final Tensor source = Tensor.of(SHAPE, 1, 2, 3, 4);

  /** Equal to any other that it gives. */
  private PackedConstant constant() {
    return new PackedConstant(List.of(source), packing);
  }

  private static Plan packedPlan(Backend backend, PackedConstant... constants) {
    Place y = alone(0, SHAPE);
    Step step = host("step", COPY, packed(SHAPE), y);
    return plan(backend.profile(), List.of(), List.of(y), List.of(step), 4096, List.of(constants));
  }

  private static float[] output(Executable executable) {
    Tensor y = Tensor.zeros(SHAPE);
    executable.run(List.of(), List.of(y));
    return y.toFloatArray();
  }

  @Test
  void equalPackedConstantsAreOneUntilTheLastUserCloses() {
    Backend backend = open(1);
    PackedConstant other = new PackedConstant(List.of(source), new HandMadePlans.Copy(5));
    try (Executable a = backend.load(packedPlan(backend, constant()))) {
      try (Executable b = backend.load(packedPlan(backend, constant(), other, constant()))) {
        assertThat(output(b)).containsExactly(1, 2, 3, 4);
      }
      assertThat(output(a)).containsExactly(1, 2, 3, 4);
      backend.load(packedPlan(backend, constant())).close();
    }
    assertThat(packing.times).isEqualTo(1);
    backend.load(packedPlan(backend, constant())).close();
    assertThat(packing.times).isEqualTo(2);
  }

  @Test
  void whatIsHeldIsToldUntilItIsGivenBack() {
    Backend backend = open(2);
    MemoryUse nothing = new MemoryUse(0, 0, 0, 0);
    assertThat(backend.memory()).isEqualTo(nothing);
    CountDownLatch both = new CountDownLatch(2);
    HostFunction together =
        (from, to) -> {
          both.countDown();
          await(both);
          COPY.run(from, to);
        };
    try (Executable shared = backend.load(packedPlan(backend, constant()));
        Executable again = backend.load(packedPlan(backend, constant()));
        Executable twice = backend.load(hostPlan(backend, together))) {
      assertThat(backend.memory().lanes()).isEqualTo(3);
      assertThat(backend.memory().laneBytes()).isEqualTo(3 * 4096);
      assertThat(backend.memory().weightBytes()).isEqualTo(4 * Float.BYTES);
      assertThat(backend.memory().hostBytes()).isPositive();
      CompletableFuture<float[]> other = onThread(() -> run(twice, 1, 2, 3, 4));
      run(twice, 5, 6, 7, 8);
      other.join();
      assertThat(backend.memory().lanes()).isEqualTo(4);
      assertThat(output(shared)).isEqualTo(output(again));
    }
    assertThat(backend.memory()).isEqualTo(nothing);
  }

  /** A constant whose packing failed is packed anew for the next user, not zeros. */
  @Test
  void aFailureToPackIsToldAndLeavesNothing() {
    Backend backend = open(1);
    PackedConstant other = new PackedConstant(List.of(source), new HandMadePlans.Copy(5));
    Plan plan = packedPlan(backend, constant(), other);
    packing.fails = true;
    assertThatThrownBy(() -> backend.load(plan)).isInstanceOf(OutOfMemoryError.class);
    packing.fails = false;
    try (Executable executable = backend.load(plan)) {
      assertThat(output(executable)).containsExactly(1, 2, 3, 4);
    }
    assertThat(packing.times).isEqualTo(2);
  }

  @Test
  void aLaneThatCannotBeMadeLeavesNoConstant() {
    Backend backend = open(1);
    Layout layout = Layout.blocked(4);
    Shape shape = Shape.of(1, 4, 1, 1);
    Place blocked = new Place(Place.Space.ARENA, 0, 0, 4, layout, ElementType.FLOAT32, shape);
    List<PackedConstant> held = List.of(constant());
    Plan plan = plan(backend.profile(), List.of(blocked), List.of(), List.of(), 4096, held);
    assertThatThrownBy(() -> backend.load(plan))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("only plain values cross to the host");
    backend.load(packedPlan(backend, constant())).close();
    assertThat(packing.times).isEqualTo(2);
  }

  @Test
  void closingIsFinalAndMayBeRepeated() {
    Backend backend = open(1);
    Executable first = backend.load(hostPlan(backend, COPY));
    Executable second = backend.load(hostPlan(backend, COPY));
    first.close();
    first.close();
    assertThatThrownBy(() -> run(first, 1, 2, 3, 4))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the session is closed; open a new one");
    assertThat(run(second, 1, 2, 3, 4)).containsExactly(1, 2, 3, 4);
    backend.close();
    backend.close();
    assertThatThrownBy(() -> run(second, 1, 2, 3, 4)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> backend.load(hostPlan(backend, COPY)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is closed; open it again");
  }

  @Test
  void closingTheDeviceWaitsForTheRunInFlight() {
    Backend backend = open(1);
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    HostFunction slow =
        (from, to) -> {
          running.countDown();
          await(mayEnd);
          COPY.run(from, to);
        };
    Executable executable = backend.load(hostPlan(backend, slow));
    CompletableFuture<float[]> run = onThread(() -> run(executable, 1, 2, 3, 4));
    await(running);
    CompletableFuture<Boolean> closed =
        onThread(
            () -> {
              backend.close();
              return mayEnd.getCount() == 0;
            });
    CompletableFuture<Boolean> late = onThread(() -> isRefused(executable));
    assertThat(closed).isNotDone();
    mayEnd.countDown();
    assertThat(run.join()).containsExactly(1, 2, 3, 4);
    assertThat(closed.join()).isTrue();
    late.join();
    assertThat(isRefused(executable)).isTrue();
  }

  /** A run that comes while a plan closes ends, or is refused; it never hangs. */
  private static boolean isRefused(Executable executable) {
    try {
      run(executable, 1, 2, 3, 4);
      return false;
    } catch (IllegalStateException e) {
      assertThat(e).hasMessageContaining("closed");
      return true;
    }
  }
}
