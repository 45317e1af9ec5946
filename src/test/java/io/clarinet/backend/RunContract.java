package io.clarinet.backend;

import static io.clarinet.backend.HandMadePlans.alone;
import static io.clarinet.backend.HandMadePlans.host;
import static io.clarinet.backend.HandMadePlans.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.kernel.HostFunction;
import io.clarinet.kernel.Layout;
import io.clarinet.plan.Place;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Step;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** The contract of runs on every device. */
public abstract class RunContract extends BackendContract {

  protected RunContract(IntFunction<Backend> device) {
    super(device);
  }

  /** Also within larger values, and where no float begins. */
  @Test
  void valuesOfEveryTypeAreMovedWhereverTheyLie() {
    Backend backend = open(1);
    Shape shape = Shape.of(3, 7);
    for (ElementType type : ElementType.values()) {
      long size = type.bytes();
      for (int offset = 0; offset < 4; offset++) {
        Place x = new Place(Place.Space.ARENA, 0, offset * size, 9, Layout.PLAIN, type, shape);
        Place y =
            new Place(Place.Space.ARENA, 0, (64 + offset) * size, 7, Layout.PLAIN, type, shape);
        Plan plan =
            plan(
                backend.profile(),
                List.of(x),
                List.of(y, x),
                List.of(host("copy", COPY, x, y)),
                4096,
                List.of());
        Tensor given = Tensor.zeros(type, shape);
        for (int i = 0; i < 21; i++) {
          given.set(i, type == ElementType.BOOL ? i % 2 : i + 1);
        }
        Tensor copied = Tensor.zeros(type, shape);
        Tensor back = Tensor.zeros(type, shape);
        try (Executable executable = backend.load(plan)) {
          executable.run(List.of(given), List.of(copied, back));
        }
        assertThat(copied.bytes()).as(type + " at " + offset).isEqualTo(given.bytes());
        assertThat(back.bytes()).as(type + " at " + offset).isEqualTo(given.bytes());
      }
    }
  }

  /** Values that lie beside each other, of less than a float each, leave each other alone. */
  @Test
  void neighboursAreLeftAlone() {
    Backend backend = open(1);
    Shape shape = Shape.of(3);
    List<Place> places = new ArrayList<>();
    List<Tensor> given = new ArrayList<>();
    List<Tensor> found = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      places.add(
          new Place(Place.Space.ARENA, 0, 3L * i, 1, Layout.PLAIN, ElementType.UINT8, shape));
      given.add(Tensor.zeros(ElementType.UINT8, shape));
      found.add(Tensor.zeros(ElementType.UINT8, shape));
      for (int j = 0; j < 3; j++) {
        given.get(i).set(j, 250 - 3 * i - j);
      }
    }
    Plan plan = plan(backend.profile(), places, places, List.of(), 4096, List.of());
    try (Executable executable = backend.load(plan)) {
      executable.run(given, found);
    }
    for (int i = 0; i < 5; i++) {
      assertThat(found.get(i).toLongArray()).containsExactly(given.get(i).toLongArray());
    }
  }

  @Test
  void arenasArePoisoned() {
    Backend backend = open(1);
    Place y = alone(64, SHAPE);
    Plan plan = plan(backend.profile(), List.of(), List.of(y), List.of(), 4096, List.of());
    Tensor found = Tensor.zeros(SHAPE);
    try (Executable executable = backend.load(plan)) {
      executable.run(List.of(), List.of(found));
    }
    assertThat(found.toFloatArray()).containsOnly(Float.NaN);
  }

  @Test
  void heapAndReadOnlyTensorsAreAccepted() {
    ByteBuffer heap = ByteBuffer.allocate(16).order(ByteOrder.nativeOrder());
    heap.asFloatBuffer().put(new float[] {1, -2, 3, 4});
    Tensor x =
        Tensor.wrap(
            ElementType.FLOAT32, SHAPE, heap.asReadOnlyBuffer().order(ByteOrder.nativeOrder()));
    ByteBuffer result = ByteBuffer.allocate(16).order(ByteOrder.nativeOrder());
    Tensor y = Tensor.wrap(ElementType.FLOAT32, SHAPE, result);
    Backend backend = open(1);
    try (Executable executable = backend.load(hostPlan(backend, COPY))) {
      for (int i = 0; i < 2; i++) {
        executable.run(List.of(x), List.of(y));
        assertThat(y.toFloatArray()).containsExactly(1, -2, 3, 4);
      }
    }
  }

  @Test
  void wrongTensorsAreNamed() {
    Backend backend = open(1);
    try (Executable executable = backend.load(hostPlan(backend, COPY))) {
      Tensor good = Tensor.zeros(SHAPE);
      Tensor wide = Tensor.zeros(Shape.of(1, 5));
      Tensor whole = Tensor.zeros(ElementType.INT32, SHAPE);
      assertThatThrownBy(() -> executable.run(List.of(), List.of(good)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("1 inputs are needed, got 0");
      assertThatThrownBy(() -> executable.run(List.of(wide), List.of(good)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("input \"x\" was planned as FLOAT32 1x4, got FLOAT32 1x5");
      assertThatThrownBy(() -> executable.trace(List.of(good), List.of(whole), 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("output \"y\" was planned as FLOAT32 1x4, got INT32 1x4");
      for (ByteBuffer bytes : List.of(ByteBuffer.allocate(16), ByteBuffer.allocateDirect(16))) {
        ByteBuffer fixed = bytes.asReadOnlyBuffer().order(ByteOrder.nativeOrder());
        Tensor mapped = Tensor.wrap(ElementType.FLOAT32, SHAPE, fixed);
        assertThatThrownBy(() -> executable.run(List.of(good), List.of(mapped)))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("output \"y\" is to be read only");
      }
    }
  }

  @Test
  void aFailingStepLeavesThePlanUsable() {
    Backend backend = open(1);
    HostFunction picky =
        (from, to) -> {
          if (from.get(0).doubleAt(0) < 0) {
            throw new ArithmeticException("negative");
          }
          COPY.run(from, to);
        };
    try (Executable executable = backend.load(hostPlan(backend, picky))) {
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> run(executable, -1, 0, 0, 0))
            .hasMessage("node \"step\" (Test): negative");
        assertThat(run(executable, 1, 2, 3, 4)).containsExactly(1, 2, 3, 4);
      }
    }
  }

  @Test
  void stepsAreTimedInOrder() {
    Backend backend = open(1);
    Place x = alone(0, SHAPE);
    Place y = alone(256, SHAPE);
    List<Step> steps = List.of(host("there", COPY, x, y), host("back", COPY, y, x));
    Plan plan = plan(backend.profile(), List.of(x), List.of(x), steps, 4096, List.of());
    try (Executable executable = backend.load(plan)) {
      Tensor found = Tensor.zeros(SHAPE);
      List<List<Span>> rounds =
          executable.trace(List.of(Tensor.of(SHAPE, 1, 2, 3, 4)), List.of(found), 2);
      assertThat(rounds).hasSize(2);
      for (List<Span> spans : rounds) {
        assertThat(spans).isSortedAccordingTo(Comparator.comparingDouble(Span::start));
        assertThat(spans.get(0).kind()).isEqualTo(Span.Kind.UPLOAD);
        assertThat(spans.get(spans.size() - 1).kind()).isEqualTo(Span.Kind.DOWNLOAD);
        assertThat(spans.stream().filter(s -> s.kind() == Span.Kind.HOST).map(Span::step))
            .containsExactly(0, 1);
      }
      assertThat(found.toFloatArray()).containsExactly(1, 2, 3, 4);
      assertThat(run(executable, 5, 6, 7, 8)).containsExactly(5, 6, 7, 8);
    }
  }

  /** Two runs are in flight at once, for each waits for the other. */
  @Test
  void threadsShareLanes() {
    Backend backend = open(2);
    CountDownLatch both = new CountDownLatch(2);
    HostFunction together =
        (from, to) -> {
          both.countDown();
          await(both);
          COPY.run(from, to);
        };
    try (Executable executable = backend.load(hostPlan(backend, together))) {
      List<CompletableFuture<float[]>> runs = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        float base = 10 * i;
        runs.add(onThread(() -> run(executable, base, base + 1, base + 2, base + 3)));
      }
      for (int i = 0; i < 8; i++) {
        float base = 10 * i;
        assertThat(runs.get(i).join()).containsExactly(base, base + 1, base + 2, base + 3);
      }
    }
  }
}
