package io.clarinet.engine;

import io.clarinet.Model;
import io.clarinet.TestProfile;
import io.clarinet.backend.Backend;
import io.clarinet.backend.Executable;
import io.clarinet.backend.MemoryUse;
import io.clarinet.backend.Span;
import io.clarinet.graph.GraphBuilder;
import io.clarinet.graph.Input;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.opencl.OpenClKernels;
import io.clarinet.op.Unary;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Planner;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A device that computes nothing, and counts the bytes of the plans that are loaded at a time. */
public class CountingBackend implements Backend {
  public final AtomicLong bytes = new AtomicLong();
  final AtomicLong most = new AtomicLong();
  final AtomicInteger loaded = new AtomicInteger();
  final AtomicInteger loads = new AtomicInteger();
  public final AtomicBoolean closed = new AtomicBoolean();
  public final Engine engine;
  private final DeviceProfile profile;

  /** A device of much memory, on which every step is the host's. */
  public CountingBackend() {
    profile = new TestProfile().kind(DeviceProfile.Kind.JVM).globalBytes(1L << 40).make();
    engine =
        new Engine(
            this,
            new Planner(op -> List.of(), OpenClKernels.table()::reorders, op -> op::reference));
  }

  /** A device for which plans are made as for any of its kind. */
  public CountingBackend(DeviceProfile profile) {
    this.profile = profile;
    this.engine = new Engine(this, DevicePlanner.of(profile).planner());
  }

  /** Action at the loading of a plan, before it counts. */
  public volatile Consumer<Plan> loading = plan -> {};

  /** Action at the run of a plan. */
  public volatile Consumer<Plan> running = plan -> {};

  /** Action at the closing of the device. */
  public volatile Runnable closing = () -> {};

  /** A network of one vector of any length. */
  public static Model model() {
    GraphBuilder builder = new GraphBuilder("open");
    builder.input(new Input("x", ElementType.FLOAT32, List.of(Input.UNKNOWN)));
    builder.add("y", Unary.RELU, "x");
    return Model.of(builder.output("y").build());
  }

  @Override
  public DeviceProfile profile() {
    return profile;
  }

  @Override
  public int lanes() {
    return 1;
  }

  @Override
  public MemoryUse memory() {
    return new MemoryUse(loaded.get(), bytes.get(), 0, 0);
  }

  @Override
  public Executable load(Plan plan) {
    loading.accept(plan);
    loads.incrementAndGet();
    loaded.incrementAndGet();
    most.accumulateAndGet(bytes.addAndGet(engine.bytes(plan)), Math::max);
    return new Loaded(plan);
  }

  @Override
  public void close() {
    closed.set(true);
    closing.run();
  }

  private final class Loaded implements Executable {
    private final Plan plan;
    private final AtomicInteger runs = new AtomicInteger();

    Loaded(Plan plan) {
      this.plan = plan;
    }

    @Override
    public void run(List<Tensor> inputs, List<Tensor> outputs) {
      if (runs.incrementAndGet() < 1) {
        throw new AssertionError("run after closing");
      }
      try {
        running.accept(plan);
      } finally {
        runs.decrementAndGet();
      }
    }

    @Override
    public List<List<Span>> trace(List<Tensor> inputs, List<Tensor> outputs, int rounds) {
      run(inputs, outputs);
      return List.of();
    }

    @Override
    public void close() {
      if (runs.getAndSet(Integer.MIN_VALUE) != 0) {
        throw new AssertionError("closed while running, or twice");
      }
      loaded.decrementAndGet();
      bytes.addAndGet(-engine.bytes(plan));
    }
  }
}
