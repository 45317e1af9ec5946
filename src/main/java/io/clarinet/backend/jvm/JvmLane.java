package io.clarinet.backend.jvm;

import io.clarinet.backend.Lane;
import io.clarinet.backend.RunClock;
import io.clarinet.backend.Span;
import io.clarinet.backend.Transfer;
import io.clarinet.kernel.JvmKernel.View;
import io.clarinet.plan.Place;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Step;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Arenas, and every step bound to its places in them. */
final class JvmLane implements Lane {
  private final Plan plan;
  private final List<View> packed;
  private final List<View> arenas;
  private final WorkerPool pool;
  private final boolean poison;
  private final List<Transfer> inputs;
  private final List<Transfer> outputs;
  private final List<Runnable> steps = new ArrayList<>();

  /**
   * @param poison whether arenas are filled with NaN before each run
   */
  JvmLane(Plan plan, List<View> packed, WorkerPool pool, boolean poison) {
    this.plan = plan;
    this.packed = packed;
    this.pool = pool;
    this.poison = poison;
    this.arenas = plan.arenaBytes().stream().map(n -> AlignedRoom.of(n, "an arena")).toList();
    this.inputs = plan.inputs().stream().map(b -> transfer(b.place())).toList();
    this.outputs = plan.outputs().stream().map(b -> transfer(b.place())).toList();
    for (Step step : plan.steps()) {
      steps.add(JvmStep.of(step, this, pool));
    }
  }

  /** What a place lies in. */
  View room(Place place) {
    return place.space() == Place.Space.ARENA
        ? arenas.get(place.index())
        : packed.get(place.index());
  }

  /** A packed constant. */
  View packed(int index) {
    return packed.get(index);
  }

  /** Moves tensors to and from a place. */
  Transfer transfer(Place place) {
    return new ArrayTransfer(place, room(place));
  }

  @Override
  public void run(List<Tensor> from, List<Tensor> to) {
    pool.begin();
    try {
      poison();
      for (int i = 0; i < inputs.size(); i++) {
        inputs.get(i).write(from.get(i));
      }
      for (int i = 0; i < steps.size(); i++) {
        steps.get(i).run();
      }
      for (int i = 0; i < outputs.size(); i++) {
        outputs.get(i).read(to.get(i));
      }
    } finally {
      pool.end();
    }
  }

  @Override
  public List<Span> trace(List<Tensor> from, List<Tensor> to) {
    pool.begin();
    try {
      poison();
      return traceAll(from, to);
    } finally {
      pool.end();
    }
  }

  private List<Span> traceAll(List<Tensor> from, List<Tensor> to) {
    RunClock clock = new RunClock();
    List<Span> spans = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      int input = i;
      String name = plan.inputs().get(i).name();
      Runnable upload = () -> inputs.get(input).write(from.get(input));
      spans.add(clock.time(Span.Kind.UPLOAD, Span.NO_STEP, name, upload));
    }
    for (int i = 0; i < steps.size(); i++) {
      Step step = plan.steps().get(i);
      spans.add(clock.time(kind(step), i, step.kernel(), steps.get(i)));
    }
    for (int i = 0; i < outputs.size(); i++) {
      int output = i;
      String name = plan.outputs().get(i).name();
      Runnable download = () -> outputs.get(output).read(to.get(output));
      spans.add(clock.time(Span.Kind.DOWNLOAD, Span.NO_STEP, name, download));
    }
    return spans;
  }

  private static Span.Kind kind(Step step) {
    return step.action() instanceof Step.Action.Host ? Span.Kind.HOST : Span.Kind.KERNEL;
  }

  private void poison() {
    if (poison) {
      arenas.forEach(arena -> Arrays.fill(arena.data(), Float.NaN));
    }
  }
}
