package io.clarinet.engine;

import io.clarinet.backend.Backend;
import io.clarinet.backend.DeviceException;
import io.clarinet.backend.Executable;
import io.clarinet.backend.KernelRejectedException;
import io.clarinet.backend.MemoryUse;
import io.clarinet.backend.SpeedMeter;
import io.clarinet.backend.jvm.JvmOptions;
import io.clarinet.backend.opencl.ListedDevice;
import io.clarinet.backend.opencl.OpenCl;
import io.clarinet.backend.opencl.OpenClBackend;
import io.clarinet.backend.opencl.OpenClOptions;
import io.clarinet.backend.opencl.Selection;
import io.clarinet.graph.Graph;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Planner;
import io.clarinet.report.Roofline;
import io.clarinet.selftest.HeadStart;
import io.clarinet.selftest.SelfTest;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An opened device with the planner for it. Safe to share between threads. */
public final class Engine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

  private final Backend backend;
  private final Planner planner;
  private final @Nullable SelfTest selfTest;
  private volatile DeviceProfile profile;
  private volatile @Nullable Foretold foretold;
  private int users = 1;

  Engine(Backend backend, Planner planner) {
    this(backend, planner, null);
  }

  private Engine(Backend backend, Planner planner, @Nullable SelfTest selfTest) {
    this.backend = backend;
    this.planner = planner;
    this.selfTest = selfTest;
    this.profile = backend.profile();
  }

  /** The JVM, on all processors. */
  public static Engine onJvm() {
    Backend jvm = Jvm.open(JvmOptions.standard());
    return new Engine(jvm, DevicePlanner.of(jvm.profile()).planner());
  }

  /**
   * An OpenCL device.
   *
   * @param id as {@link OpenCl#select} takes it
   * @throws DeviceException if it is not there any more, or cannot be opened
   */
  public static Engine onOpenCl(String id) {
    if (OpenCl.installation().select(id) instanceof Selection.Chosen chosen) {
      return onOpenCl(chosen.device(), OpenClOptions.fromProperties());
    }
    throw new DeviceException(id + " is not there any more");
  }

  private static Engine onOpenCl(ListedDevice listed, OpenClOptions options) {
    HeadStart ahead = HeadStart.of(listed, options);
    try {
      OpenClBackend device = OpenClBackend.open(listed, options, ahead::awaitReady);
      Planner planner = DevicePlanner.of(device.profile()).planner();
      boolean tested = SelfTest.isWanted();
      return new Engine(device, planner, tested ? new SelfTest(device, planner, ahead) : null);
    } catch (RuntimeException | Error e) {
      ahead.close();
      throw e;
    }
  }

  /**
   * This engine for one user more, who shares its programs and packed constants. It closes when all
   * have closed it.
   */
  public synchronized Engine shared() {
    if (users == 0) {
      throw new IllegalStateException("the session is closed");
    }
    users++;
    return this;
  }

  private synchronized boolean isUnused() {
    users--;
    return users == 0;
  }

  /** The device as planning sees it now. */
  public DeviceProfile profile() {
    return profile;
  }

  /** Measures the device beside runs. */
  public SpeedMeter meter() {
    return backend.meter();
  }

  /**
   * Predicted seconds of a run of a graph, its transfers included; nothing is built or packed. The
   * plan is kept until the first is asked for, whatever its graph.
   */
  public double predicted(Graph graph) {
    DevicePlanner now = now();
    Graph split = now.split(graph);
    Plan plan = now.plan(split);
    foretold = new Foretold(split, plan);
    return now.seconds(plan);
  }

  /**
   * Predicted seconds of a run by the JVM on the cores of this device. Empty where this is no CPU
   * device of OpenCL, where the JVM could not hold the graph, or could not run it within so many
   * seconds.
   */
  public OptionalDouble predictedOnJvm(Graph graph, double most) {
    return profile.kind() == DeviceProfile.Kind.CPU
        ? Jvm.predicted(graph, profile, most)
        : OptionalDouble.empty();
  }

  private DevicePlanner now() {
    return new DevicePlanner(profile, planner, backend::runsStrands);
  }

  /** The graph with its batch in parts where the device runs these faster. */
  Graph split(Graph graph) {
    return now().split(graph);
  }

  /** The graph in at least so many parts, on devices that may lack memory; empty if it has none. */
  Optional<Graph> parts(Graph graph, int least) {
    return now().parts(graph, least);
  }

  /** A plan without the kernels that were struck off. */
  @SuppressWarnings("ReferenceEquality") // an alike graph has constants of its own
  Plan plan(Graph graph) {
    Foretold known = foretold;
    DeviceProfile now = profile;
    foretold = null;
    if (known != null && known.graph == graph && known.plan.device().equals(now)) {
      return known.plan;
    }
    return planner.plan(graph, now);
  }

  /** A plan that was made to predict a run's time. */
  private record Foretold(Graph graph, Plan plan) {}

  /** Bytes that a loaded plan takes besides packed constants, which plans share. */
  long bytes(Plan plan) {
    return backend.lanes() * plan.laneBytes() + plan.hostBytes();
  }

  /** Runs of one plan that can be in flight. */
  public int lanes() {
    return backend.lanes();
  }

  /** The memory of a graph's plan, once it is loaded; plans without building or packing. */
  MemoryUse foreseen(Graph graph) {
    Plan plan = plan(graph);
    return new MemoryUse(
        lanes(), lanes() * plan.arenaTotal(), plan.packedTotal(), plan.hostBytes());
  }

  /** The memory of all loaded plans. */
  public MemoryUse memory() {
    return backend.memory();
  }

  /**
   * Makes a plan ready.
   *
   * @param graph that was planned
   * @throws KernelRejectedException if a kernel does not build here, or is not right; {@link
   *     #strikeOff} it
   */
  Executable load(Graph graph, Plan plan) {
    return selfTest == null ? backend.load(plan) : selfTest.load(graph, plan);
  }

  /** A graph's executable, whose runs tell if the device was measured too slow. */
  Executable watched(Graph graph, Executable executable) {
    return new RooflineWatch(executable, Roofline.seconds(graph, profile), backend);
  }

  /** Leaves a kernel out from now on; throws the rejection if the plan knew of it already. */
  void strikeOff(KernelRejectedException rejection, Plan plan, Subject subject) {
    if (leaveOut(rejection, plan)) {
      PlanNews.struckOff(subject, rejection);
    }
  }

  private synchronized boolean leaveOut(KernelRejectedException rejection, Plan plan) {
    String kernel = rejection.kernel();
    if (plan.device().struckOff().containsKey(kernel)) {
      throw rejection;
    }
    if (profile.struckOff().containsKey(kernel)) {
      return false;
    }
    LOG.warn("Kernel {} is not used on {}: {}", kernel, profile.name(), rejection.getMessage());
    profile = profile.without(kernel, String.valueOf(rejection.getMessage()));
    return true;
  }

  /** Closes the device for the last of its users; to be called once by each. */
  @Override
  public void close() {
    if (!isUnused()) {
      return;
    }
    if (selfTest != null) {
      selfTest.close();
    }
    backend.close();
  }
}
