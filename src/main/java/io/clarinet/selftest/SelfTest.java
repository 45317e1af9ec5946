package io.clarinet.selftest;

import io.clarinet.backend.DeviceException;
import io.clarinet.backend.Executable;
import io.clarinet.backend.KernelRejectedException;
import io.clarinet.backend.opencl.Compilation;
import io.clarinet.backend.opencl.OpenClBackend;
import io.clarinet.graph.Graph;
import io.clarinet.kernel.Kernel;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Planner;
import io.clarinet.plan.Step;
import io.clarinet.selftest.Verdicts.Verdict;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trust in the kernels of one device: each form that a plan wants has run a tiny case rightly, here
 * or in an earlier process, before the plan does.
 */
public final class SelfTest implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SelfTest.class);

  /** The longest wait for one case; a compiler may take most of it. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  /** One test at a time on a device of this process. */
  private static final Map<String, Object> TURNS = new ConcurrentHashMap<>();

  private final OpenClBackend device;
  private final Planner planner;
  private final Verdicts verdicts;
  private final Sites sites;

  /**
   * Of a device's kernels.
   *
   * @param ahead closed with this test
   */
  public SelfTest(OpenClBackend device, Planner planner, HeadStart ahead) {
    this(device, planner, new Sites(device, PATIENCE, ahead));
  }

  /**
   * @param sites where cases run
   */
  SelfTest(OpenClBackend device, Planner planner, Sites sites) {
    this.device = device;
    this.planner = planner;
    this.sites = sites;
    this.verdicts = Verdicts.of(device.options().cache(), device.identity());
  }

  /**
   * Whether devices are tested: not where the system property {@code clarinet.selfTest} is false.
   */
  public static boolean isWanted() {
    return !"false".equals(System.getProperty("clarinet.selfTest"));
  }

  /**
   * Loads a plan whose kernels are right; those that are not known are tested while constants are
   * packed.
   *
   * @throws KernelRejectedException if one is not, or does not build
   */
  public Executable load(Graph graph, Plan plan) {
    return device.load(plan, wanted -> require(graph, plan, wanted));
  }

  /**
   * Returns if a plan's kernels are right on this device, after testing those that are not known.
   *
   * @param graph that was planned
   * @throws KernelRejectedException if one is not
   * @throws DeviceException if a kernel is not that no plan can do without
   */
  void require(Graph graph, Plan plan) {
    require(graph, plan, device.compilations(plan));
  }

  private void require(Graph graph, Plan plan, List<Compilation> wanted) {
    if (unknown(wanted, plan).isEmpty()) {
      return;
    }
    synchronized (TURNS.computeIfAbsent(device.device().id(), id -> new Object())) {
      verdicts.refresh();
      Map<String, Compilation> unknown = unknown(wanted, plan);
      if (!unknown.isEmpty()) {
        test(graph, plan, List.copyOf(unknown.values()));
        unknown(wanted, plan);
      }
    }
  }

  /**
   * The programs of a plan, by key, that have not been tested.
   *
   * @throws KernelRejectedException if one is known to be wrong
   */
  private Map<String, Compilation> unknown(List<Compilation> wanted, Plan plan) {
    Map<String, Compilation> unknown = new LinkedHashMap<>();
    for (Compilation compilation : wanted) {
      Optional<Verdict> verdict = verdicts.on(compilation.key());
      verdict.ifPresent(known -> require(known, plan));
      if (verdict.isEmpty()) {
        requireNotStruckOff(compilation, plan);
        unknown.put(compilation.key(), compilation);
      }
    }
    return unknown;
  }

  /** A kernel is struck off by the key of its own program, which is not asked for in vain. */
  private void requireNotStruckOff(Compilation compilation, Plan plan) {
    if (!verdicts.struckOff().isEmpty()) {
      compilation.steps().forEach(step -> requireNotStruckOff(step, plan));
    }
  }

  private void requireNotStruckOff(Step step, Plan plan) {
    device
        .compilation(step)
        .flatMap(alone -> verdicts.on(alone.key()))
        .ifPresent(known -> require(known, plan));
  }

  private void require(Verdict verdict, Plan plan) {
    if (verdict.isRight()) {
      return;
    }
    if (plan.steps().stream().anyMatch(step -> isOnlyReorder(step, verdict.kernel(), plan))) {
      throw new DeviceException(
          device.device()
              + " cannot be used: kernel "
              + verdict.kernel()
              + ", for which there is no other, is struck off: "
              + verdict.reason());
    }
    throw new KernelRejectedException(verdict.kernel(), verdict.reason());
  }

  /** Whether a step is one that no operator's reference could do on the host. */
  private boolean isOnlyReorder(Step step, String kernel, Plan plan) {
    return step.kernel().equals(kernel)
        && Cases.reorder(step)
            .map(planner.reorders())
            .map(List::stream)
            .filter(ways -> ways.allMatch(way -> isStruckOff(way, kernel, plan)))
            .isPresent();
  }

  private static boolean isStruckOff(Kernel way, String kernel, Plan plan) {
    return way.name().equals(kernel) || plan.device().struckOff().containsKey(way.name());
  }

  /** What this test itself gets wrong must not keep a model from running. */
  private void test(Graph graph, Plan plan, List<Compilation> unknown) {
    long begun = System.nanoTime();
    Cases cases = new Cases(graph, plan, planner);
    try (Site site = sites.open()) {
      Examination examination = new Examination(device, plan.device(), cases, site);
      Map<String, Verdict> found = examination.of(unknown);
      verdicts.add(found);
      LOG.debug(
          "{}: {} programs tested in {} ms",
          device.device(),
          unknown.size(),
          (System.nanoTime() - begun) / 1_000_000);
    } catch (RuntimeException e) {
      LOG.warn("{}: kernels are used without a test: {}", device.device(), e.toString(), e);
    }
  }

  /** Ends a process that was begun and not needed. */
  @Override
  public void close() {
    sites.close();
  }
}
