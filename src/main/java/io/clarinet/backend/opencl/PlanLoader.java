package io.clarinet.backend.opencl;

import io.clarinet.backend.DeviceException;
import io.clarinet.backend.KernelRejectedException;
import io.clarinet.backend.Lane;
import io.clarinet.backend.LoadedPlan;
import io.clarinet.backend.SharedConstants;
import io.clarinet.kernel.Launch;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Step;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jocl.CLException;
import org.jocl.cl_mem;

/** Makes plans ready on a device: programs built, constants packed, the first lane bound. */
final class PlanLoader {
  private final DeviceContext context;
  private final Programs programs;
  private final OpenClOptions options;
  private final SharedConstants<Handle<cl_mem>> constants;

  PlanLoader(DeviceContext context, Programs programs, OpenClOptions options) {
    this.context = context;
    this.programs = programs;
    this.options = options;
    this.constants = new SharedConstants<>(new BufferPacker(context));
  }

  /**
   * Loads a plan.
   *
   * @param check done before anything is built
   * @param whenClosed called when the plan closes
   * @throws KernelRejectedException if a kernel does not build here
   */
  LoadedPlan load(Plan plan, Consumer<List<Compilation>> check, Consumer<LoadedPlan> whenClosed) {
    LoopLimit.require(context.listed(), plan);
    try {
      return loadChecked(plan, check, whenClosed);
    } catch (CLException e) {
      throw failure(e);
    }
  }

  /** Bytes of all packed constants. */
  long packedBytes() {
    return constants.bytes();
  }

  private DeviceException failure(CLException cause) {
    return new DeviceException(
        "loading on " + context.listed() + " failed: " + cause.getMessage(), cause);
  }

  /** Packs while the compiler is at work, which on some drivers has one thread. */
  private LoadedPlan loadChecked(
      Plan plan, Consumer<List<Compilation>> check, Consumer<LoadedPlan> whenClosed) {
    CompletableFuture<List<Handle<cl_mem>>> packing =
        CompletableFuture.supplyAsync(
            () -> constants.acquire(plan.packed()),
            task -> new Thread(task, BufferPacker.THREAD).start());
    try {
      List<Segment> segments = Segment.of(plan, programs.sources(), mayChain());
      check.accept(compilations(segments));
      Runnable whenRun = savesOnce(build(segments));
      List<Handle<cl_mem>> packed = await(packing);
      return new LoadedPlan(
          plan,
          options.lanes(),
          tracing -> lane(plan, segments, packed, whenRun, tracing),
          closed -> {
            whenClosed.accept(closed);
            constants.release(plan.packed());
          });
    } catch (RuntimeException | Error e) {
      packing.thenRun(() -> constants.release(plan.packed())).exceptionally(x -> null).join();
      throw e;
    }
  }

  /** What the driver would compile for a plan. */
  List<Compilation> compilations(Plan plan) {
    return compilations(Segment.of(plan, programs.sources(), mayChain()));
  }

  private List<Compilation> compilations(List<Segment> segments) {
    KernelSource sources = programs.sources();
    List<Compilation> all = new ArrayList<>();
    for (Segment segment : segments) {
      if (segment.chain() == null) {
        segment.steps().forEach(step -> Compilation.of(step, sources).ifPresent(all::add));
      } else {
        all.add(Compilation.of(segment.steps(), segment.chain()));
      }
    }
    return all;
  }

  /** What the driver would compile for a step by itself; empty if it runs on the host. */
  Optional<Compilation> compilation(Step step) {
    return Compilation.of(step, programs.sources());
  }

  /** Whether all strands of a plan are launches of one chain. */
  boolean runsStrands(Plan plan) {
    return mayChain()
        && Segment.of(plan, programs.sources(), true).stream()
            .filter(segment -> segment.chain() != null)
            .anyMatch(s -> ChainStrands.of(s.steps(), Chain.groups(context)).count() > 1);
  }

  private boolean mayChain() {
    return options.chain() == null ? context.staysInPlace() : options.chain();
  }

  /** The packed constants, or what kept them from being packed. */
  private static List<Handle<cl_mem>> await(CompletableFuture<List<Handle<cl_mem>>> packing) {
    try {
      return packing.join();
    } catch (CompletionException e) {
      throw BufferPacker.asRuntime(e.getCause());
    }
  }

  private Lane lane(
      Plan plan,
      List<Segment> segments,
      List<Handle<cl_mem>> packed,
      Runnable whenRun,
      boolean tracing) {
    try {
      return new OpenClLane(
          context, plan, segments, programs, packed, whenRun, options.poison(), tracing);
    } catch (CLException e) {
      throw failure(e);
    }
  }

  /** An action that saves the binaries of programs at its first call. */
  private Runnable savesOnce(Set<Program> used) {
    AtomicBoolean saved = new AtomicBoolean();
    return () -> {
      if (!saved.get() && saved.compareAndSet(false, true)) {
        programs.ran(used);
        programs.save();
      }
    };
  }

  private Set<Program> build(List<Segment> segments) {
    List<Step> single = new ArrayList<>();
    Set<Program> used = new LinkedHashSet<>();
    for (Segment segment : segments) {
      if (segment.chain() == null) {
        single.addAll(segment.steps());
      } else {
        used.add(programs.of(ChainSource.ENTRY, segment.chain().text()));
      }
    }
    buildAhead(single.stream().flatMap(step -> Segment.launches(step).stream()).toList());
    for (Step step : single) {
      Segment.launches(step).forEach(launch -> used.add(program(step, launch)));
    }
    return used;
  }

  /** Failures are found again, and told with their step, by the pass over the steps. */
  private void buildAhead(List<Launch> launches) {
    try {
      programs.buildAll(launches);
    } catch (KernelRejectedException e) {
      // told by program() below
    }
  }

  private Program program(Step step, Launch launch) {
    try {
      return programs.of(launch);
    } catch (KernelRejectedException e) {
      throw new KernelRejectedException(
          step.kernel(),
          "step \"" + step.node() + "\" on " + context.listed() + ": " + e.getMessage());
    }
  }
}
