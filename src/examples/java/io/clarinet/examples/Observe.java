package io.clarinet.examples;

import io.clarinet.Events;
import io.clarinet.Model;
import io.clarinet.Session;
import io.clarinet.event.Fallback;
import io.clarinet.event.Listener;
import io.clarinet.event.ModelRun;
import io.clarinet.event.PlanBuild;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** Hears what happens, by a listener and by Java Flight Recorder. */
public final class Observe {
  private Observe() {}

  /** Counts runs, as a service would for its metrics; called by the threads that run. */
  private static final class Metrics implements Listener {
    final AtomicInteger runs = new AtomicInteger();

    @Override
    public void compiled(PlanBuild build) {
      System.out.println("compiled: " + build);
    }

    @Override
    public void ran(ModelRun run) {
      runs.incrementAndGet();
    }

    @Override
    public void fellBack(Fallback fallback) {
      System.out.println("on " + fallback.to() + " now: " + fallback.reason());
    }
  }

  public static void main(String[] arguments) throws IOException {
    Path file = Files.createTempFile("clarinet", ".jfr");
    Metrics metrics = new Metrics();
    try (Events.Registration registration = Events.listen(metrics);
        Recording recording = new Recording()) {
      recording.start();
      try (Session session = Model.bundled().open()) {
        for (int i = 0; i < 5; i++) {
          session.run(Tensor.zeros(Shape.of(1, 3, 32, 32)));
        }
      }
      recording.dump(file);
    }
    List<RecordedEvent> events = RecordingFile.readAllEvents(file);
    Files.delete(file);
    events.stream()
        .filter(event -> event.getEventType().getName().startsWith("clarinet."))
        .forEach(
            event ->
                System.out.println(event.getEventType().getName() + " " + event.getDuration()));
    Check.that(metrics.runs.get() == 5, "the listener heard of each run");
    Check.that(
        events.stream().filter(e -> e.getEventType().getName().equals("clarinet.Run")).count() == 5,
        "the recorder has each run");
  }
}
