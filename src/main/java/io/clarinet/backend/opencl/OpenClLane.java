package io.clarinet.backend.opencl;

import static org.jocl.CL.clFinish;
import static org.jocl.CL.clFlush;

import io.clarinet.backend.DeviceException;
import io.clarinet.backend.HostCall;
import io.clarinet.backend.Lane;
import io.clarinet.backend.Span;
import io.clarinet.backend.Transfer;
import io.clarinet.kernel.IndexCheck;
import io.clarinet.plan.Place;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Step;
import io.clarinet.tensor.Tensor;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jocl.CLException;
import org.jocl.cl_command_queue;
import org.jocl.cl_mem;

/** A queue, arenas, and kernels with their arguments bound. */
final class OpenClLane implements Lane {
  /** Steps after which a GPU is handed what is queued, while the host queues the rest. */
  private static final int FLUSHED = 24;

  private final DeviceContext context;
  private final ListedDevice device;
  private final Plan plan;
  private final Runnable whenRun;
  private final boolean poison;
  private final Handle<cl_command_queue> queue;
  private final DeviceMemory memory;
  private final List<Transfer> inputs = new ArrayList<>();
  private final List<Transfer> outputs = new ArrayList<>();
  private final List<OpenClStep> steps = new ArrayList<>();

  /**
   * @param segments the plan's steps
   * @param packed the plan's packed constants, which the lane does not own
   * @param whenRun called after each run that went well
   * @param profiling whether {@link #trace} will be called
   */
  OpenClLane(
      DeviceContext context,
      Plan plan,
      List<Segment> segments,
      Programs programs,
      List<Handle<cl_mem>> packed,
      Runnable whenRun,
      boolean poison,
      boolean profiling) {
    this.context = context;
    this.device = context.listed();
    this.plan = plan;
    this.whenRun = whenRun;
    this.poison = poison;
    this.memory = new DeviceMemory(context, plan, packed);
    this.queue = openQueue(context, profiling);
    try {
      memory.take(queue.get());
      boolean whole = segments.size() == 1 && segments.get(0).chain() != null && !profiling;
      InputReads reads = whole && context.staysInPlace() ? InputReads.of(plan) : InputReads.NONE;
      for (Segment segment : segments) {
        bind(segment, profiling, programs, reads);
      }
      for (int i = 0; i < plan.inputs().size(); i++) {
        inputs.add(input(i, whole));
      }
      plan.outputs().forEach(b -> outputs.add(transfer(b.place(), whole)));
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private Handle<cl_command_queue> openQueue(DeviceContext context, boolean profiling) {
    try {
      return context.queue(profiling);
    } catch (RuntimeException | Error e) {
      memory.close();
      throw e;
    }
  }

  /** Past the queue where the whole plan is one launch that reaches memory by its address. */
  private Transfer transfer(Place place, boolean mapped) {
    cl_mem buffer = memory.of(place);
    if (!MappedTransfer.accepts(place)) {
      return new QueuedTransfer(place, buffer, queue.get());
    }
    if (plan.device().isGpu()) {
      return plan.device().simt().unified()
          ? new SharedTransfer(place, buffer, queue.get())
          : new StagedTransfer(place, buffer, queue.get(), context);
    }
    return mapped
        ? new MappedTransfer(place, buffer, queue.get())
        : new QueuedTransfer(place, buffer, queue.get());
  }

  private Transfer input(int number, boolean whole) {
    Place place = plan.inputs().get(number).place();
    Transfer copy = transfer(place, whole);
    InputRows rows = whole && steps.get(0) instanceof Chain chain ? chain.inputs() : null;
    return rows != null && rows.tell(number)
        ? new InPlaceInput(context, place, number, rows, copy)
        : copy;
  }

  private void bind(Segment segment, boolean profiling, Programs programs, InputReads reads) {
    if (segment.chain() == null || profiling) {
      segment.steps().forEach(step -> steps.add(bind(step, programs, context)));
    } else {
      steps.add(new Chain(segment, programs, memory, context, queue.get(), reads));
    }
  }

  private OpenClStep bind(Step step, Programs programs, DeviceContext context) {
    try {
      if (step.action() instanceof Step.Action.Host host) {
        return new HostStep(
            step, new HostCall(step, host.function(), place -> transfer(place, false)));
      }
      DeviceStep launches =
          new DeviceStep(step, Segment.launches(step), programs, memory, context.device());
      IndexCheck check = Segment.check(step);
      return check == null ? launches : checked(launches, check);
    } catch (DeviceException | CLException e) {
      throw OpenClStep.failure(step, device, e);
    }
  }

  private CheckedStep checked(DeviceStep launches, IndexCheck check) {
    Place told = launches.step().scratch().get(check.region());
    return new CheckedStep(
        launches, check, new QueuedTransfer(told, memory.of(told), queue.get()), told.shape());
  }

  @Override
  public void run(List<Tensor> from, List<Tensor> to) {
    running(
        () -> {
          runAll(from, to);
          return true;
        });
    whenRun.run();
  }

  private <T> T running(Supplier<T> work) {
    try {
      return InFlight.running(work);
    } catch (CLException e) {
      throw new DeviceException("run on " + device + " failed: " + e.getMessage(), e);
    }
  }

  private void runAll(List<Tensor> from, List<Tensor> to) {
    start(from);
    for (int i = 0; i < steps.size(); i++) {
      OpenClStep step = steps.get(i);
      try {
        step.run(queue.get());
      } catch (DeviceException | CLException e) {
        clFinish(queue.get());
        throw OpenClStep.failure(step.step(), device, e);
      }
      flush(i);
    }
    finish(to);
    Reference.reachabilityFence(from); // may be read where it lies
  }

  /**
   * Hands a GPU its first steps at once, and more from time to time, as Mali's driver wants it; CPU
   * devices begin by themselves.
   */
  private void flush(int step) {
    if (plan.device().isGpu() && (step == 1 || step % FLUSHED == FLUSHED - 1)) {
      Status.check(clFlush(queue.get()), "clFlush on " + device);
    }
  }

  @Override
  public List<Span> trace(List<Tensor> from, List<Tensor> to) {
    return running(() -> traceAll(from, to));
  }

  private List<Span> traceAll(List<Tensor> from, List<Tensor> to) {
    poison();
    try (Recorder recorder = new Recorder(queue.get())) {
      for (int i = 0; i < inputs.size(); i++) {
        int input = i;
        recorder.host(
            Span.Kind.UPLOAD,
            Span.NO_STEP,
            plan.inputs().get(i).name(),
            () -> inputs.get(input).write(from.get(input)));
      }
      for (int i = 0; i < steps.size(); i++) {
        trace(i, recorder);
      }
      recorder.finish();
      for (int i = 0; i < outputs.size(); i++) {
        int output = i;
        recorder.host(
            Span.Kind.DOWNLOAD,
            Span.NO_STEP,
            plan.outputs().get(i).name(),
            () -> outputs.get(output).read(to.get(output)));
      }
      return recorder.spans();
    }
  }

  private void trace(int index, Recorder recorder) {
    OpenClStep step = steps.get(index);
    try {
      step.trace(queue.get(), recorder, index);
    } catch (DeviceException | CLException e) {
      clFinish(queue.get());
      throw OpenClStep.failure(step.step(), device, e);
    }
  }

  private void poison() {
    if (poison) {
      memory.poison(queue.get());
      Status.check(clFinish(queue.get()), "clFinish on " + device);
    }
  }

  private void start(List<Tensor> from) {
    poison();
    for (int i = 0; i < inputs.size(); i++) {
      inputs.get(i).write(from.get(i));
    }
  }

  private void finish(List<Tensor> to) {
    for (int i = 0; i < outputs.size(); i++) {
      outputs.get(i).read(to.get(i));
    }
    Status.check(clFinish(queue.get()), "clFinish on " + device);
  }

  /** Waits for enqueued work and releases everything but the packed constants. */
  @Override
  public void close() {
    clFinish(queue.get());
    inputs.forEach(Transfer::close);
    outputs.forEach(Transfer::close);
    steps.forEach(OpenClStep::close);
    memory.close();
    queue.close();
  }
}
