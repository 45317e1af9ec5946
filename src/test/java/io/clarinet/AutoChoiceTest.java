package io.clarinet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.backend.DeviceException;
import io.clarinet.engine.CountingBackend;
import io.clarinet.engine.Engine;
import io.clarinet.engine.Specialisation;
import io.clarinet.graph.Graph;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Speed;
import io.clarinet.kernel.profile.ShippedProfiles;
import io.clarinet.tensor.Shape;
import io.clarinet.zoo.SeededWeights;
import io.clarinet.zoo.Zoo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A device that nobody asked for is taken where no other is predicted to be faster. */
class AutoChoiceTest {
  private static final DeviceProfile CPU = new TestProfile().make();
  private static final DeviceProfile FAST = ShippedProfiles.find("h100").orElseThrow();

  /** A GPU that needs a millisecond to start a kernel. */
  private static final DeviceProfile SLOW = FAST.with(Speed.assumed(1e12, 1e11, 1e-3));

  private static final Graph MODEL =
      Zoo.find("squeezenet1.1:64x64").orElseThrow().graph(new SeededWeights(1));

  private final List<String> opened = new ArrayList<>();
  private final CountingBackend cpu = new CountingBackend(CPU);

  private static Device device(String request, String type) {
    return new Device("fake", "Fake", "fake", type, "1", true, "", request, "");
  }

  /** Of this machine's devices only the CPU, by JVM or OpenCL, opens: as {@link #cpu}. */
  private Session open(Graph model, Device device, CountingBackend gpu) {
    return new Session(
        model,
        device,
        SessionOptions.EXACT,
        wanted -> {
          opened.add(wanted.id());
          return wanted.id().equals("fake") ? gpu.engine : cpu.engine;
        });
  }

  @Test
  void aFastGpuIsTakenAndSaysWhatTheCpuWouldTake() {
    CountingBackend gpu = new CountingBackend(FAST);
    try (Session session = open(MODEL, device("auto", "gpu"), gpu)) {
      assertThat(session.device().id()).isEqualTo("fake");
      assertThat(session.device().passedOver())
          .contains("would take", " ms for squeezenet1.1", "at batch 1, fake (Fake) 0.");
      assertThat(cpu.closed).isTrue();
      assertThat(gpu.closed).isFalse();
      assertThat(opened).hasSize(2).startsWith("fake").doesNotHaveDuplicates();
    }
    assertThat(gpu.closed).isTrue();
  }

  @Test
  void aSlowGpuIsPassedOverForTheCpu() {
    CountingBackend gpu = new CountingBackend(SLOW);
    try (Session session = open(MODEL, device("auto", "gpu"), gpu)) {
      assertThat(session.device().id()).isNotEqualTo("fake");
      assertThat(session.device().passedOver()).contains("fake (Fake) would take ", " ms for ");
      assertThat(gpu.closed).isTrue();
      assertThat(cpu.closed).isFalse();
      assertThat(opened).hasSize(2);
    }
    assertThat(cpu.closed).isTrue();
  }

  @Test
  void whoAsksForAGpuGetsIt() {
    for (String request : List.of("fake", "opencl")) {
      opened.clear();
      try (Session session = open(MODEL, device(request, "gpu"), new CountingBackend(SLOW))) {
        assertThat(session.device().id()).isEqualTo("fake");
        assertThat(session.device().passedOver()).isEmpty();
        assertThat(opened).containsExactly("fake");
      }
    }
  }

  @Test
  void whereThereIsNoGpuNoSecondDeviceIsOpened() {
    try (Session session = open(MODEL, device("auto", "cpu"), new CountingBackend(CPU))) {
      assertThat(session.device().id()).isEqualTo("fake");
      assertThat(opened).containsExactly("fake");
    }
  }

  /** Such as a driver that starts kernels slowly, or runs layers on the host. */
  @Test
  void anOpenClDeviceThatIsMuchSlowerThanTheJvmOnItsCoresIsPassedOver() {
    CountingBackend slow = new CountingBackend(CPU.with(Speed.measured(450e9, 40e9, 1e-3)));
    try (Session session = open(MODEL, device("auto", "cpu"), slow)) {
      assertThat(session.device().id()).isEqualTo("cpu");
      assertThat(session.device().passedOver())
          .matches(
              "fake \\(Fake\\) would take \\d+ ms for squeezenet1.1:64x64 at batch 1, cpu \\(.*"
                  + " ms");
      assertThat(slow.closed).isTrue();
      assertThat(opened).containsExactly("fake", "cpu");
    }
    try (Session session = open(MODEL, device("fake", "cpu"), slow)) {
      assertThat(session.device().id()).isEqualTo("fake");
    }
  }

  /** Both are the same cores, so a calibration of a busy minute moves both. */
  @Test
  void noSpeedOfTheCoresMakesTheJvmWin() {
    Specialisation model = new Specialisation(MODEL);
    List<Shape> shapes = List.of(Shape.of(1, 3, 64, 64));
    Graph lean = SessionOptions.EXACT.passes().apply(model.graph(model.key(shapes, "testing")));
    for (double factor : new double[] {0.35, 0.6, 1, 3}) {
      Speed speed = Speed.measured(factor * 450e9, factor * 40e9, 4e-6 / factor / factor);
      CountingBackend some = new CountingBackend(CPU.with(speed));
      try (Session session = open(MODEL, device("auto", "cpu"), some)) {
        assertThat(session.device().id()).isEqualTo("fake");
        assertThat(session.secondsOnJvm(shapes).orElseThrow())
            .isGreaterThan(session.plans().engine().predicted(lean) / AutoChoice.WORTH);
      }
    }
  }

  @Test
  void aGpuThatCannotHoldTheModelIsLeftToTheUsualErrors() {
    DeviceProfile tiny =
        new DeviceProfile(
            "tiny",
            DeviceProfile.Kind.GPU,
            FAST.simt(),
            4,
            new TestProfile().largestBytes(1 << 10).make().limits(),
            FAST.speed(),
            Map.of());
    CountingBackend gpu = new CountingBackend(tiny);
    try (Session session = open(MODEL, device("auto", "gpu"), gpu)) {
      assertThat(session.device().id()).isEqualTo("fake");
      assertThat(opened).containsExactly("fake");
    }
  }

  @Test
  void aGpuThatDoesNotOpenIsReplacedAsEver() {
    Engine here = cpu.engine;
    try (Session session =
        new Session(
            MODEL,
            device("auto", "gpu"),
            SessionOptions.EXACT,
            wanted -> {
              if (wanted.id().equals("fake")) {
                throw new DeviceException("does not open");
              }
              return here;
            })) {
      assertThat(session.device().passedOver()).contains("does not open");
    }
    assertThatThrownBy(
            () ->
                new Session(
                    MODEL,
                    device("fake", "gpu"),
                    SessionOptions.EXACT,
                    wanted -> {
                      throw new DeviceException("does not open");
                    }))
        .hasMessage("does not open");
  }
}
