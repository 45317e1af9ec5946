package io.clarinet.backend.opencl;

import io.clarinet.backend.Backend;
import io.clarinet.backend.Calibration;
import io.clarinet.backend.DeviceException;
import io.clarinet.backend.Executable;
import io.clarinet.backend.KeptCalibration;
import io.clarinet.backend.LoadedPlans;
import io.clarinet.backend.MemoryUse;
import io.clarinet.backend.Once;
import io.clarinet.backend.SpeedMeter;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Speed;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Step;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jocl.cl_command_queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An OpenCL device, checked and measured. */
public final class OpenClBackend implements Backend {
  private static final Logger LOG = LoggerFactory.getLogger(OpenClBackend.class);

  private final DeviceContext context;
  private final OpenClOptions options;
  private final Programs programs;
  private final KeptCalibration calibration;
  private final Once<DeviceProfile> profile;
  private final PlanLoader loader;
  private final LoadedPlans plans;

  private OpenClBackend(DeviceContext context, OpenClOptions options, Runnable quiet) {
    this.context = context;
    this.options = options;
    this.programs = Programs.of(context, options);
    this.loader = new PlanLoader(context, programs, options);
    this.plans = new LoadedPlans("the backend of " + context.listed());
    this.calibration = calibration(context, options);
    this.profile = new Once<>(() -> measure(quiet));
  }

  private DeviceProfile measure(Runnable quiet) {
    return InFlight.running(
        () -> DeviceCheck.profile(context, programs, options, calibration, quiet));
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
    return open(device, options, () -> {});
  }

  /**
   * As {@link #open(ListedDevice, OpenClOptions)}.
   *
   * @param quiet called before the device is measured; it returns when nothing else is at work
   */
  public static OpenClBackend open(ListedDevice device, OpenClOptions options, Runnable quiet) {
    if (!device.isTrusted()) {
      LOG.warn("{}: {}; `clarinet verify` shows which", device, device.reason());
    }
    OpenClBackend opened = connected(device, options, quiet);
    try {
      opened.profile();
      return opened;
    } catch (Throwable e) {
      release(opened, e);
      throw failure(device, e);
    }
  }

  /**
   * Opens a device without a check or a measurement, to run plans that were made elsewhere.
   *
   * @throws DeviceException if it does not open
   */
  public static OpenClBackend unchecked(ListedDevice device, OpenClOptions options) {
    return connected(device, options, () -> {});
  }

  private static OpenClBackend connected(
      ListedDevice device, OpenClOptions options, Runnable quiet) {
    DeviceContext context = connect(device);
    try {
      return new OpenClBackend(context, options, quiet);
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

  /** Any failure of a driver while its device is opened, as this device's. */
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
    return profile.get();
  }

  @Override
  public int lanes() {
    return options.lanes();
  }

  @Override
  public boolean runsStrands(Plan plan) {
    return loader.runsStrands(plan);
  }

  @Override
  public Optional<Instant> measuredAt() {
    return calibration.measuredAt();
  }

  @Override
  public SpeedMeter meter() {
    Handle<cl_command_queue> queue = context.queue(false);
    try {
      double launch = profile().speed().launchSeconds();
      SpeedMeter bursts = DeviceCheck.meter(context, programs, queue.get()).bursts(launch);
      return new SpeedMeter() {
        @Override
        public Speed now() {
          return InFlight.running(bursts::now);
        }

        @Override
        public void close() {
          bursts.close();
          queue.close();
        }
      };
    } catch (RuntimeException | Error e) {
      release(queue, e);
      throw e;
    }
  }

  @Override
  public void doubtProfile() {
    calibration.doubt(Calibration.of(profile().speed()));
  }

  /** Number of programs built from source so far, not taken from the cache. */
  public int compiledPrograms() {
    return programs.compiled();
  }

  /** All that tells the device and its driver from others, and from their other versions. */
  public String identity() {
    return context.identity();
  }

  /** The options that it was opened with. */
  public OpenClOptions options() {
    return options;
  }

  /** What the driver would compile for a plan, in the plan's order; nothing is compiled. */
  public List<Compilation> compilations(Plan plan) {
    return loader.compilations(plan);
  }

  /** What the driver would compile for a step by itself; empty if it runs on the host. */
  public Optional<Compilation> compilation(Step step) {
    return loader.compilation(step);
  }

  /**
   * Compiles a chain to its end, as nothing else than a run of it makes some drivers do.
   *
   * @param text as {@link Compilation#chain} gives it
   * @throws KernelRejectedException if it does not build
   */
  public void compileChain(String text) {
    try (Handle<cl_command_queue> queue = context.queue(false)) {
      Addresses.findNone(context, programs.of(ChainSource.ENTRY, text), queue.get());
    }
  }

  /** Builds a chain of no launch, for which a driver loads its compiler. */
  public void loadCompiler() {
    var unused =
        programs.of(ChainSource.ENTRY, ChainSource.of(List.of(), programs.sources()).text());
  }

  /** Waits until the binaries of all programs that have run are kept. */
  public void keepBinaries() {
    programs.keep();
  }

  @Override
  public MemoryUse memory() {
    return plans.memory(loader.packedBytes());
  }

  @Override
  public Executable load(Plan plan) {
    return load(plan, compilations -> {});
  }

  /**
   * As {@link #load(Plan)}.
   *
   * @param check given what will be compiled before anything is, while constants are packed; what
   *     it throws keeps the plan from being loaded
   */
  public Executable load(Plan plan, Consumer<List<Compilation>> check) {
    return plans.load(forget -> loader.load(plan, check, forget));
  }

  /** Waits for runs in flight, closes all executables, and lets the device go. */
  @Override
  public void close() {
    if (plans.close()) {
      programs.close();
      context.close();
    }
  }
}
