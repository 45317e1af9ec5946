package io.clarinet.backend;

import io.clarinet.plan.Plan;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A plan with its lanes. A lane that failed is thrown away and made anew for the next run; closing
 * waits for the runs in flight and refuses later ones.
 */
public final class LoadedPlan implements Executable {
  private final Plan plan;
  private final LanePool lanes;

  /**
   * Makes the first lane.
   *
   * @param lanes runs that may be in flight
   * @param whenClosed called once, when no run is in flight any more
   */
  public LoadedPlan(Plan plan, int lanes, Lane.Maker maker, Consumer<LoadedPlan> whenClosed) {
    this.plan = plan;
    this.lanes = new LanePool(lanes, maker, () -> whenClosed.accept(this));
  }

  @Override
  public void run(List<Tensor> inputs, List<Tensor> outputs) {
    Bindings.check(plan, inputs, outputs);
    Lane lane = lanes.take();
    try {
      lane.run(inputs, outputs);
    } catch (RuntimeException | Error e) {
      discard(lane, e);
      throw e;
    }
    lanes.giveBack(lane);
  }

  @Override
  public List<List<Span>> trace(List<Tensor> inputs, List<Tensor> outputs, int rounds) {
    Bindings.check(plan, inputs, outputs);
    Lane lane = lanes.takeForTracing();
    List<List<Span>> traces = new ArrayList<>();
    try {
      lane.run(inputs, outputs);
      for (int i = 0; i < rounds; i++) {
        traces.add(lane.trace(inputs, outputs));
      }
    } catch (RuntimeException | Error e) {
      discard(lane, e);
      throw e;
    }
    lanes.discard(lane);
    return traces;
  }

  /** Number of lanes, in use or idle. */
  int lanes() {
    return lanes.count();
  }

  /** Bytes of the arenas of all lanes. */
  long laneBytes() {
    return lanes.count() * plan.arenaTotal();
  }

  /** Bytes of the plan itself on the host, estimated. */
  long hostBytes() {
    return plan.hostBytes();
  }

  private void discard(Lane lane, Throwable cause) {
    try {
      lanes.discard(lane);
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  @Override
  public void close() {
    lanes.close();
  }
}
