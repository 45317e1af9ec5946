package io.clarinet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clarinet.backend.DeviceException;
import io.clarinet.backend.KernelRejectedException;
import io.clarinet.engine.CountingBackend;
import io.clarinet.engine.Engine;
import io.clarinet.event.Fallback;
import io.clarinet.event.Listener;
import io.clarinet.event.ModelLoad;
import io.clarinet.event.ModelRun;
import io.clarinet.event.PlanBuild;
import io.clarinet.event.StrikeOff;
import io.clarinet.importer.ModelFormatException;
import io.clarinet.plan.Plan;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens is recorded, and told to listeners, none of which can harm it. */
class EventsTest {
  private static final Shape SHAPE = Shape.of(1, 3, 32, 32);

  /** A device that rejects a kernel and then is lost, so that the CPU goes on. */
  private final CountingBackend backend = new CountingBackend();

  private void reject(Plan plan) {
    if (plan.device().struckOff().isEmpty()) {
      throw new KernelRejectedException("late", "does not build\nsays the compiler");
    }
  }

  private Engine engine(Device device) {
    if (device.id().equals("fake")) {
      return backend.engine;
    }
    if (device.isCpu()) {
      return Engine.onJvm();
    }
    throw new DeviceException(device + " does not open");
  }

  private Session open(Model model) {
    backend.loading = this::reject;
    backend.running =
        plan -> {
          throw new DeviceException("lost\nfor ever");
        };
    Device device = new Device("fake", "GPU", "fake", "gpu", "1", true, "", "auto", "");
    return new Session(model.graph(), device, SessionOptions.EXACT, this::engine);
  }

  /** Loads, prepares, is struck by every misfortune, and runs at last. */
  private List<Record> happen() throws IOException {
    try (EventNotes notes = new EventNotes();
        Session session = open(Model.bundled())) {
      session.run(Tensor.zeros(SHAPE));
      assertThat(session.device().isCpu()).isTrue();
      return notes.all;
    } finally {
      Model.zoo("resnet18");
    }
  }

  @Test
  void aListenerIsToldWhatHappensInItsOrder() throws IOException {
    List<Record> told = happen();
    assertThat(told.stream().map(Record::getClass))
        .containsExactly(
            ModelLoad.class,
            StrikeOff.class,
            PlanBuild.class,
            Fallback.class,
            ModelRun.class,
            Fallback.class,
            PlanBuild.class,
            ModelRun.class);
    ModelLoad load = (ModelLoad) told.get(0);
    String model = load.model();
    assertThat(model).isEqualTo(Model.bundled().name());
    assertThat(load.source()).isEqualTo("bundled");
    assertThat(load.nodes()).isEqualTo(Model.bundled().graph().nodes().size());
    assertThat(load.weightBytes()).isGreaterThan(500_000);
    assertThat(told.get(1))
        .isEqualTo(new StrikeOff(model, "late", "fake (GPU)", "does not build\nsays the compiler"));
    PlanBuild onHost = (PlanBuild) told.get(2);
    assertThat(onHost.device()).isEqualTo("fake (GPU)");
    assertThat(onHost.shapes()).isEqualTo("1x3x32x32");
    assertThat(onHost.hostSteps()).isPositive().isEqualTo(onHost.steps());
    Fallback steps = (Fallback) told.get(3);
    assertThat(steps.to()).isEqualTo("host");
    assertThat(steps.reason()).startsWith("no kernel takes ").contains("conv1 (").contains("more");
    ModelRun lost = (ModelRun) told.get(4);
    assertThat(lost.failure()).isEqualTo("lost");
    Fallback device = (Fallback) told.get(5);
    assertThat(device.from()).isEqualTo("fake (GPU)");
    assertThat(device.to()).isEqualTo(Device.cpu().toString());
    assertThat(device.reason()).contains("fake (GPU) failed: lost");
    PlanBuild onCpu = (PlanBuild) told.get(6);
    assertThat(onCpu.hostSteps()).isZero();
    assertThat(onCpu.weightBytes()).isPositive();
    assertThat(onCpu.laneBytes()).isGreaterThan(4 * SHAPE.size());
    ModelRun run = (ModelRun) told.get(7);
    assertThat(run)
        .isEqualTo(
            new ModelRun(
                model,
                Device.cpu().toString(),
                "1x3x32x32",
                4 * SHAPE.size(),
                4 * 36,
                run.duration(),
                ""));
    assertThat(run.duration()).isPositive();
  }

  @Test
  void theRecorderSaysTheSameAsListeners(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("run.jfr");
    List<Record> told;
    try (Recording recording = new Recording()) {
      recording.start();
      told = happen();
      recording.stop();
      recording.dump(file);
    }
    List<RecordedEvent> events =
        RecordingFile.readAllEvents(file).stream()
            .filter(event -> event.getEventType().getCategoryNames().equals(List.of("Clarinet")))
            .sorted(Comparator.comparing(RecordedEvent::getEndTime))
            .toList();
    assertThat(events).hasSize(told.size() + 1);
    for (int i = 0; i < told.size(); i++) {
      assertSame(events.get(i), told.get(i));
    }
    assertThat(events.get(told.size()).getString("source")).isEqualTo("zoo");
    assertThat(printed(file))
        .contains("clarinet.Load {", "clarinet.Compile {", "clarinet.Run {")
        .contains("clarinet.Fallback {", "clarinet.StrikeOff {")
        .contains("shapes = \"1x3x32x32\"", "inputBytes = 12.0 kB", "kernel = \"late\"");
  }

  private static void assertSame(RecordedEvent event, Record told) throws Exception {
    assertThat(event.getThread().getJavaThreadId()).isEqualTo(Thread.currentThread().getId());
    for (RecordComponent component : told.getClass().getRecordComponents()) {
      Object expected = component.getAccessor().invoke(told);
      if (expected instanceof Duration duration) {
        assertThat(event.getDuration()).isGreaterThanOrEqualTo(duration);
      } else {
        assertThat(event.<Object>getValue(component.getName())).isEqualTo(expected);
      }
    }
  }

  private static String printed(Path file) throws Exception {
    String jfr = Path.of(System.getProperty("java.home"), "bin", "jfr").toString();
    return output(jfr, "print", "--categories", "Clarinet", file.toString());
  }

  @Test
  void aFailedLoadIsToldWithItsReason(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("broken.onnx"), "no model");
    try (EventNotes notes = new EventNotes()) {
      assertThatThrownBy(() -> Model.load(file)).isInstanceOf(ModelFormatException.class);
      ModelLoad load = (ModelLoad) notes.all.get(0);
      assertThat(load.source()).isEqualTo(file.toString());
      assertThat(load.failure()).contains("broken.onnx").doesNotContain("\n");
    }
  }

  private static final class Rude implements Listener {
    final AtomicInteger told = new AtomicInteger();
    final AtomicInteger named = new AtomicInteger();

    @Override
    public void ran(ModelRun run) {
      told.incrementAndGet();
      throw new AssertionError("rude");
    }

    @Override
    public String toString() {
      named.incrementAndGet();
      return "rude";
    }
  }

  @Test
  void aListenerThatThrowsHarmsNoRunAndNoOtherListener() {
    Rude rude = new Rude();
    Events.Registration first = Events.listen(rude);
    EventNotes notes = new EventNotes();
    try (Session session = CountingBackend.model().open(Device.cpu())) {
      for (int i = 0; i < 3; i++) {
        assertThat(session.run(Tensor.of(Shape.of(2), -1, 1)).toFloatArray()).containsExactly(0, 1);
      }
      assertThat(rude.told).hasValue(3);
      assertThat(rude.named).as("said once").hasValue(1);
      assertThat(notes.all).hasSize(4);
      first.close();
      notes.close();
      first.close();
      session.run(Tensor.of(Shape.of(2), -1, 1));
      assertThat(rude.told).hasValue(3);
      assertThat(notes.all).hasSize(4);
    }
  }

  /** A session that is opened on the CPU for want of a device says so, too. */
  @Test
  void aSessionOnTheCpuForWantOfADeviceIsAFallback() {
    Device cpu = Device.cpu();
    Device instead =
        new Device(
            cpu.id(), cpu.name(), cpu.platform(), cpu.type(), cpu.driver(), true, "", "cpu", "why");
    try (EventNotes notes = new EventNotes();
        Session chosen = CountingBackend.model().open(cpu);
        Session fallen = CountingBackend.model().open(instead)) {
      assertThat(chosen.device().passedOver()).isEmpty();
      assertThat(fallen.device().passedOver()).isEqualTo("why");
      assertThat(notes.all).containsExactly(new Fallback("open", "auto", cpu.toString(), "why"));
    }
  }

  /** Runs where there is no flight recorder. */
  public static final class Elsewhere {
    private Elsewhere() {}

    public static void main(String[] arguments) throws IOException {
      try (EventNotes notes = new EventNotes();
          Session session = Model.bundled().open(Device.cpu())) {
        session.run(Tensor.zeros(SHAPE));
        System.out.println("recorder " + ModuleLayer.boot().findModule("jdk.jfr").isPresent());
        notes.all.forEach(record -> System.out.println(record.getClass().getSimpleName()));
      }
    }
  }

  @Test
  void aRuntimeWithoutTheRecorderRuns() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String path = System.getProperty("java.class.path");
    String main = Elsewhere.class.getName();
    String printed = output(java, "--limit-modules", "java.se,jdk.unsupported", "-cp", path, main);
    assertThat(printed).contains("recorder false\nModelLoad\nPlanBuild\nModelRun\n");
  }

  private static String output(String... command) throws Exception {
    Process process = new ProcessBuilder(Arrays.asList(command)).redirectErrorStream(true).start();
    String text =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .replace(System.lineSeparator(), "\n");
    assertThat(process.waitFor()).as(text).isZero();
    return text;
  }
}
