package io.clarinet.backend.opencl;

import io.clarinet.backend.DeviceException;
import io.clarinet.backend.Executable;
import io.clarinet.backend.Span;
import io.clarinet.plan.Plan;
import io.clarinet.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jocl.CLException;
import org.jocl.cl_mem;

/**
 * A plan on an OpenCL device, with a bounded pool of lanes. A lane that failed is thrown away and
 * made anew for the next run.
 */
final class OpenClExecutable implements Executable {
  private final DeviceContext context;
  private final Plan plan;
  private final List<Segment> segments;
  private final Programs programs;
  private final Set<Program> used;
  private final List<Handle<cl_mem>> packed;
  private final OpenClOptions options;
  private final Consumer<OpenClExecutable> whenClosed;
  private final Semaphore permits;
  private final Deque<OpenClLane> idle = new ArrayDeque<>();
  private volatile boolean closed;
  private volatile boolean saved;

  /**
   * @param segments the plan's steps
   * @param used the programs that they need
   * @param packed the plan's packed constants
   * @param whenClosed called once, when no run is in flight any more
   */
  OpenClExecutable(
      DeviceContext context,
      Plan plan,
      List<Segment> segments,
      Programs programs,
      Set<Program> used,
      List<Handle<cl_mem>> packed,
      OpenClOptions options,
      Consumer<OpenClExecutable> whenClosed) {
    this.context = context;
    this.plan = plan;
    this.segments = segments;
    this.programs = programs;
    this.used = used;
    this.packed = packed;
    this.options = options;
    this.whenClosed = whenClosed;
    this.permits = new Semaphore(options.lanes(), true);
    idle.add(openLane(false));
  }

  private OpenClLane openLane(boolean profiling) {
    return new OpenClLane(context, plan, segments, programs, packed, options.poison(), profiling);
  }

  Plan plan() {
    return plan;
  }

  @Override
  public void run(List<Tensor> inputs, List<Tensor> outputs) {
    check("input", plan.inputs(), inputs);
    check("output", plan.outputs(), outputs);
    enter();
    try {
      runOn(takeLane(), inputs, outputs);
    } catch (CLException e) {
      throw new DeviceException("run on " + context.listed() + " failed: " + e.getMessage(), e);
    } finally {
      permits.release();
    }
  }

  private void runOn(OpenClLane lane, List<Tensor> inputs, List<Tensor> outputs) {
    try {
      lane.run(inputs, outputs);
    } catch (RuntimeException | Error e) {
      discard(lane, e);
      throw e;
    }
    giveBack(lane);
    if (!saved) {
      saved = true;
      programs.ran(used);
      programs.save();
    }
  }

  @Override
  public List<List<Span>> trace(List<Tensor> inputs, List<Tensor> outputs, int rounds) {
    check("input", plan.inputs(), inputs);
    check("output", plan.outputs(), outputs);
    enter();
    discardOne();
    try (OpenClLane lane = openLane(true)) {
      lane.run(inputs, outputs);
      List<List<Span>> traces = new ArrayList<>();
      for (int i = 0; i < rounds; i++) {
        traces.add(lane.trace(inputs, outputs));
      }
      return traces;
    } catch (CLException e) {
      throw new DeviceException("run on " + context.listed() + " failed: " + e.getMessage(), e);
    } finally {
      permits.release();
    }
  }

  private void enter() {
    permits.acquireUninterruptibly();
    if (closed) {
      permits.release();
      throw new IllegalStateException("this session on " + context.listed() + " is closed");
    }
  }

  private OpenClLane takeLane() {
    synchronized (idle) {
      OpenClLane lane = idle.poll();
      if (lane != null) {
        return lane;
      }
    }
    return openLane(false);
  }

  /** Makes room for a lane beside those in use. */
  private void discardOne() {
    synchronized (idle) {
      OpenClLane spare = idle.poll();
      if (spare != null) {
        spare.close();
      }
    }
  }

  private void giveBack(OpenClLane lane) {
    synchronized (idle) {
      idle.push(lane);
    }
  }

  private static void discard(OpenClLane lane, Throwable cause) {
    try {
      lane.close();
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  private static void check(String role, List<Plan.Binding> bindings, List<Tensor> tensors) {
    if (tensors.size() != bindings.size()) {
      throw new IllegalArgumentException(
          "the plan has " + bindings.size() + " " + role + "s, got " + tensors.size());
    }
    for (int i = 0; i < tensors.size(); i++) {
      Plan.Binding binding = bindings.get(i);
      Tensor tensor = tensors.get(i);
      if (tensor.type() != binding.place().type()
          || !tensor.shape().equals(binding.place().shape())) {
        throw new IllegalArgumentException(
            role
                + " \""
                + binding.name()
                + "\" is "
                + binding.place().type()
                + " "
                + binding.place().shape()
                + ", got "
                + tensor);
      }
    }
  }

  /** Waits for the runs in flight and releases the lanes; later runs are refused. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    permits.acquireUninterruptibly(options.lanes());
    List<OpenClLane> lanes = new ArrayList<>(idle);
    idle.clear();
    lanes.forEach(OpenClLane::close);
    permits.release(options.lanes());
    whenClosed.accept(this);
  }
}
