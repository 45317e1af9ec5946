package io.clarinet;

import io.clarinet.event.Fallback;
import io.clarinet.event.Listener;
import io.clarinet.event.ModelLoad;
import io.clarinet.event.ModelRun;
import io.clarinet.event.PlanBuild;
import io.clarinet.event.StrikeOff;
import java.util.ArrayList;
import java.util.List;

/** Keeps all it is told until it is closed. */
final class EventNotes implements Listener, AutoCloseable {
  final List<Record> all = new ArrayList<>();
  final Events.Registration registration = Events.listen(this);

  @Override
  public void close() {
    registration.close();
  }

  @Override
  public void loaded(ModelLoad load) {
    all.add(load);
  }

  @Override
  public void compiled(PlanBuild build) {
    all.add(build);
  }

  @Override
  public void ran(ModelRun run) {
    all.add(run);
  }

  @Override
  public void fellBack(Fallback fallback) {
    all.add(fallback);
  }

  @Override
  public void struckOff(StrikeOff strikeOff) {
    all.add(strikeOff);
  }
}
