package io.clarinet.selftest;

import io.clarinet.backend.DeviceException;
import io.clarinet.backend.KernelRejectedException;
import io.clarinet.backend.opencl.Compilation;
import io.clarinet.backend.opencl.OpenClBackend;
import io.clarinet.graph.Graph;
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
public final class SelfTest {
  private static final Logger LOG = LoggerFactory.getLogger(SelfTest.class);

  /** The longest wait for one case; a compiler may take most of it. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** One test at a time on a device of this process. */
  private static final Map<String, Object> TURNS = new ConcurrentHashMap<>();

  private final OpenClBackend device;
  private final Planner planner;
  private final Verdicts verdicts;
  private final Sites sites;

  /** Of a device's kernels. */
  public SelfTest(OpenClBackend device, Planner planner) {
    this(device, planner, new Sites(device, PATIENCE));
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
   * Returns if a plan's kernels are right on this device, after testing those that are not known.
   *
   * @param graph that was planned
   * @throws KernelRejectedException if one is not
   * @throws DeviceException if a kernel is not that no plan can do without
   */
  public void require(Graph graph, Plan plan) {
    if (unknown(plan).isEmpty()) {
      return;
    }
    synchronized (TURNS.computeIfAbsent(device.device().id(), id -> new Object())) {
      verdicts.refresh();
      Map<String, Compilation> unknown = unknown(plan);
      if (!unknown.isEmpty()) {
        test(graph, plan, List.copyOf(unknown.values()));
        unknown(plan);
      }
    }
  }

  /**
   * The programs of a plan, by key, that have not been tested.
   *
   * @throws KernelRejectedException if one is known to be wrong
   */
  private Map<String, Compilation> unknown(Plan plan) {
    Map<String, Compilation> unknown = new LinkedHashMap<>();
    for (Compilation compilation : device.compilations(plan)) {
      Optional<Verdict> verdict = verdicts.on(compilation.key());
      if (verdict.isEmpty()) {
        compilation.steps().forEach(this::requireNotStruckOff);
        unknown.put(compilation.key(), compilation);
      } else {
        require(verdict.get());
      }
    }
    return unknown;
  }

  private void requireNotStruckOff(Step step) {
    device.compilation(step).flatMap(alone -> verdicts.on(alone.key())).ifPresent(this::require);
  }

  private void require(Verdict verdict) {
    if (!verdict.isRight()) {
      throw new KernelRejectedException(verdict.kernel(), verdict.reason());
    }
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
}
