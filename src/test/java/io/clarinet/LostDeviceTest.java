package io.clarinet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.backend.DeviceException;
import io.clarinet.backend.KernelRejectedException;
import io.clarinet.engine.CountingBackend;
import io.clarinet.engine.Engine;
import io.clarinet.plan.Plan;
import io.clarinet.report.Verification;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A failed device is replaced by the CPU, whatever a session is asked for. */
class LostDeviceTest {
  private static final Tensor X = Tensor.of(Shape.of(3), -1, 2, -3);
  private static final Consumer<Plan> LOST =
      plan -> {
        throw new DeviceException("lost");
      };

  private final CountingBackend backend = new CountingBackend();

  private Session open(String request) {
    Device device = new Device("fake", "fake", "fake", "gpu", "1", true, "", request, "");
    return new Session(CountingBackend.model().graph(), device, SessionOptions.EXACT, this::engine);
  }

  /** Of the machine's own devices, only the CPU opens. */
  private Engine engine(Device wanted) {
    if (wanted.id().equals("fake")) {
      return backend.engine;
    }
    if (wanted.isCpu()) {
      return Engine.onJvm();
    }
    throw new DeviceException("does not open");
  }

  private void assertReplaced(Consumer<Session> request) {
    try (Session session = open("auto")) {
      assertThat(session.device().id()).isEqualTo("fake");
      request.accept(session);
      assertThat(session.device().id()).isEqualTo("cpu");
      assertThat(backend.closed).isTrue();
      assertThat(backend.bytes).hasValue(0);
      assertThat(session.run(X).toFloatArray()).containsExactly(0, 2, 0);
    }
  }

  private void assertAnswered(Consumer<Session> request) {
    backend.running = LOST;
    assertReplaced(request);
  }

  @Test
  void inARun() {
    assertAnswered(session -> assertThat(session.run(X).toFloatArray()).containsExactly(0, 2, 0));
  }

  @Test
  void inATrace() {
    assertAnswered(session -> assertThat(session.trace(List.of(X), 2)).hasSize(2));
  }

  @Test
  void inAVerification() {
    assertAnswered(
        session -> {
          Verification result = session.verify(List.of(X));
          assertThat(result.layers()).hasSize(1);
          assertThat(result.passed(0)).isTrue();
        });
  }

  @Test
  void whenItLoads() {
    backend.loading = LOST;
    assertReplaced(session -> session.explain(List.of(Shape.of(3))));
  }

  @Test
  void whenItHasNoRoom() {
    backend.loading =
        plan -> {
          throw DeviceException.outOfMemory("full", null);
        };
    assertReplaced(session -> session.prepare(Shape.of(3)));
  }

  @Test
  void evenIfItDoesNotClose() {
    backend.closing =
        () -> {
          throw new DeviceException("lost");
        };
    assertAnswered(session -> assertThat(session.run(X).toFloatArray()).containsExactly(0, 2, 0));
  }

  @Test
  void notWhenItWasAskedForByName() {
    backend.running = LOST;
    try (Session session = open("fake")) {
      assertThatThrownBy(() -> session.run(X)).hasMessage("lost");
      assertThatThrownBy(() -> session.trace(List.of(X), 1)).hasMessage("lost");
      assertThatThrownBy(() -> session.verify(List.of(X))).hasMessage("lost");
      backend.running = plan -> {};
      session.run(X);
    }
  }

  /** A trace and a verification build kernels that a run does not. */
  @Test
  void aKernelThatIsRejectedLateIsPlannedAround() {
    backend.running =
        plan -> {
          if (plan.device().struckOff().isEmpty()) {
            throw new KernelRejectedException("late", "does not build");
          }
        };
    try (Session session = open("fake")) {
      session.trace(List.of(X), 1);
      session.verify(List.of(X));
      session.run(X);
      assertThat(session.plans().made()).isEqualTo(3);
    }
  }
}
