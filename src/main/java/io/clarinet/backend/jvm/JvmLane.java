package io.clarinet.backend.jvm;

import io.clarinet.backend.Span;
import io.clarinet.plan.Place;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Step;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one run at a time works in: arenas, and every step bound to its places in them. */
final class JvmLane {
  private final Plan plan;
  private final List<float[]> packed;
  private final List<float[]> arenas;
  private final boolean poison;
  private final List<Runnable> steps = new ArrayList<>();

  /**
   * @param poison whether arenas are filled with NaN before each run
   */
  JvmLane(Plan plan, List<float[]> packed, WorkerPool pool, boolean poison) {
    this.plan = plan;
    this.packed = packed;
    this.poison = poison;
    this.arenas = plan.arenaBytes().stream().map(JvmLane::arena).toList();
    for (Step step : plan.steps()) {
      steps.add(JvmStep.of(step, this, pool));
    }
  }

  private static float[] arena(long bytes) {
    long floats = (bytes + Float.BYTES - 1) / Float.BYTES;
    if (floats > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException("an arena of " + bytes + " bytes exceeds one array");
    }
    return new float[(int) floats];
  }

  /** The array that a place lies in. */
  float[] array(Place place) {
    return place.space() == Place.Space.ARENA
        ? arenas.get(place.index())
        : packed.get(place.index());
  }

  /** A packed constant. */
  float[] packed(int index) {
    return packed.get(index);
  }

  /**
   * Runs all steps.
   *
   * @param spans gets what happened when; null to measure nothing
   */
  void run(List<Tensor> inputs, List<Tensor> outputs, @Nullable List<Span> spans) {
    if (poison) {
      arenas.forEach(arena -> Arrays.fill(arena, Float.NaN));
    }
    long origin = spans == null ? 0 : System.nanoTime();
    for (int i = 0; i < inputs.size(); i++) {
      long start = spans == null ? 0 : System.nanoTime();
      Plan.Binding input = plan.inputs().get(i);
      ArrayTransfer.store(inputs.get(i), array(input.place()), input.place());
      note(Span.Kind.UPLOAD, Span.NO_STEP, input.name(), origin, start, spans);
    }
    for (int i = 0; i < steps.size(); i++) {
      long start = spans == null ? 0 : System.nanoTime();
      steps.get(i).run();
      Step step = plan.steps().get(i);
      note(kind(step), i, step.kernel(), origin, start, spans);
    }
    for (int i = 0; i < outputs.size(); i++) {
      long start = spans == null ? 0 : System.nanoTime();
      Plan.Binding output = plan.outputs().get(i);
      ArrayTransfer.fetch(array(output.place()), output.place(), outputs.get(i));
      note(Span.Kind.DOWNLOAD, Span.NO_STEP, output.name(), origin, start, spans);
    }
  }

  private static Span.Kind kind(Step step) {
    return step.action() instanceof Step.Action.Host ? Span.Kind.HOST : Span.Kind.KERNEL;
  }

  private static void note(
      Span.Kind kind, int step, String name, long origin, long start, @Nullable List<Span> spans) {
    if (spans != null) {
      double seconds = (System.nanoTime() - start) * 1e-9;
      spans.add(new Span(kind, step, name, (start - origin) * 1e-9, seconds));
    }
  }
}
