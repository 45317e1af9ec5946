package io.clarinet.backend.opencl;

import io.clarinet.backend.Backend;
import io.clarinet.backend.Calibration;
import io.clarinet.backend.DeviceException;
import io.clarinet.backend.Executable;
import io.clarinet.backend.KeptCalibration;
import io.clarinet.backend.KernelRejectedException;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Launch;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Step;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jocl.CLException;
import org.jocl.cl_mem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An OpenCL device, checked and measured. */
public final class OpenClBackend implements Backend {
  private static final Logger LOG = LoggerFactory.getLogger(OpenClBackend.class);

  private final DeviceContext context;
  private final OpenClOptions options;
  private final Programs programs;
  private final PackedBuffers constants;
  private final KeptCalibration calibration;
  private final DeviceProfile profile;
  private final AtomicBoolean doubted = new AtomicBoolean();
  private final Set<OpenClExecutable> open = ConcurrentHashMap.newKeySet();
  private final ReadWriteLock lifecycle = new ReentrantReadWriteLock();
  private boolean closed;

  private OpenClBackend(DeviceContext context, OpenClOptions options) {
    this.context = context;
    this.options = options;
    this.programs = Programs.of(context, options);
    this.constants = new PackedBuffers(context);
    this.calibration = calibration(context, options);
    try {
      this.profile =
          InFlight.running(() -> DeviceCheck.profile(context, programs, options, calibration));
    } catch (Throwable e) {
      release(programs, e);
      throw e;
    }
  }

  private static KeptCalibration calibration(DeviceContext context, OpenClOptions options) {
    return KeptCalibration.of(options.cache(), context.identity(), driverSettings(System.getenv()));
  }

  /** Environment variables by which PoCL's threads are counted and pinned. */
  private static String driverSettings(Map<String, String> environment) {
    return new TreeMap<>(environment).subMap("POCL_", "POCL_~").toString();
  }

  /**
   * Opens a device that {@link OpenCl#select} gave.
   *
   * @throws DeviceException if it does not open, does not build a small known kernel, or gives a
   *     wrong answer to it
   */
  public static OpenClBackend open(ListedDevice device, OpenClOptions options) {
    DeviceContext context = connect(device);
    if (!device.isTrusted()) {
      LOG.warn("{}: {}; `clarinet verify` shows which", device, device.reason());
    }
    try {
      return new OpenClBackend(context, options);
    } catch (Throwable e) {
      release(context, e);
      throw failure(device, e);
    }
  }

  private static DeviceContext connect(ListedDevice device) {
    try {
      return OpenCl.installation().connect(device);
    } catch (Throwable e) {
      throw failure(device, e);
    }
  }

  /** Whatever a driver does while its device is opened concerns this device alone. */
  private static DeviceException failure(ListedDevice device, Throwable e) {
    String why = e.getMessage() == null ? e.toString() : e.getMessage();
    return e instanceof DeviceException known
        ? known
        : new DeviceException(device + " failed its check: " + why, e);
  }

  private static void release(AutoCloseable resource, Throwable failure) {
    try {
      resource.close();
    } catch (Exception e) {
      failure.addSuppressed(e);
    }
  }

  /** The device. */
  public ListedDevice device() {
    return context.listed();
  }

  @Override
  public DeviceProfile profile() {
    return profile;
  }

  @Override
  public int lanes() {
    return options.lanes();
  }

  @Override
  public void doubtProfile() {
    if (doubted.compareAndSet(false, true)) {
      calibration.doubt(Calibration.of(profile.speed()));
    }
  }

  /** Number of programs built from source so far, not taken from the cache. */
  public int compiledPrograms() {
    return programs.compiled();
  }

  @Override
  public Executable load(Plan plan) {
    lifecycle.readLock().lock();
    try {
      requireOpen();
      return loadChecked(plan);
    } catch (CLException e) {
      throw new DeviceException("loading on " + context.listed() + " failed: " + e.getMessage(), e);
    } finally {
      lifecycle.readLock().unlock();
    }
  }

  /** Packs while the compiler is at work, which on some drivers has one thread. */
  private Executable loadChecked(Plan plan) {
    CompletableFuture<List<Handle<cl_mem>>> packing = constants.acquireBeside(plan.packed());
    try {
      List<Segment> segments = Segment.of(plan, programs.sources(), mayChain());
      Set<Program> used = build(segments);
      OpenClExecutable executable =
          new OpenClExecutable(
              context,
              plan,
              segments,
              programs,
              used,
              PackedBuffers.await(packing),
              options,
              this::forget);
      open.add(executable);
      return executable;
    } catch (RuntimeException | Error e) {
      packing.thenRun(() -> constants.release(plan.packed())).exceptionally(x -> null).join();
      throw e;
    }
  }

  private boolean mayChain() {
    return options.chain() == null ? context.staysInPlace() : options.chain();
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

  private void forget(OpenClExecutable executable) {
    open.remove(executable);
    constants.release(executable.plan().packed());
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the backend of " + context.listed() + " is closed");
    }
  }

  /** Number of distinct packed constants on the device. */
  int packedConstants() {
    return constants.count();
  }

  /** Waits for runs in flight, closes all executables, and lets the device go. */
  @Override
  public void close() {
    lifecycle.writeLock().lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
    } finally {
      lifecycle.writeLock().unlock();
    }
    List.copyOf(open).forEach(OpenClExecutable::close);
    programs.close();
    context.close();
  }
}
