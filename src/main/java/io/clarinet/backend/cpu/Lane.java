package io.clarinet.backend.cpu;

import io.clarinet.plan.Place;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Step;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one run at a time works in: arenas, and every step bound to its places in them. */
final class Lane {
  private final Plan plan;
  private final List<float[]> packed;
  private final List<float[]> arenas;
  private final boolean poison;
  private final List<Runnable> steps = new ArrayList<>();

  /**
   * @param poison whether arenas are filled with NaN before each run
   */
  Lane(Plan plan, List<float[]> packed, WorkerPool pool, boolean poison) {
    this.plan = plan;
    this.packed = packed;
    this.poison = poison;
    this.arenas = plan.arenaBytes().stream().map(Lane::arena).toList();
    for (Step step : plan.steps()) {
      steps.add(BoundStep.of(step, this, pool));
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
   * @param seconds gets each step's time; null to measure none
   */
  void run(List<Tensor> inputs, List<Tensor> outputs, double @Nullable [] seconds) {
    if (poison) {
      arenas.forEach(arena -> Arrays.fill(arena, Float.NaN));
    }
    for (int i = 0; i < inputs.size(); i++) {
      Place place = plan.inputs().get(i).place();
      Transfer.store(inputs.get(i), array(place), place);
    }
    for (int i = 0; i < steps.size(); i++) {
      long start = seconds == null ? 0 : System.nanoTime();
      steps.get(i).run();
      if (seconds != null) {
        seconds[i] = (System.nanoTime() - start) * 1e-9;
      }
    }
    for (int i = 0; i < outputs.size(); i++) {
      Place place = plan.outputs().get(i).place();
      Transfer.fetch(array(place), place, outputs.get(i));
    }
  }
}
