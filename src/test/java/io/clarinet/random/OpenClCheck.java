package io.clarinet.random;

import io.clarinet.TestDevice;
import io.clarinet.backend.opencl.OpenClBackend;
import io.clarinet.backend.opencl.OpenClOptions;
import io.clarinet.graph.Graph;
import io.clarinet.kernel.opencl.OpenClKernels;
import io.clarinet.pass.Passes;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Planner;
import io.clarinet.plan.Step;
import io.clarinet.tensor.Tensor;
import java.util.Map;

/**
 * The OpenCL device, its arenas NaN before each run, after the passes; every fourth graph without
 * them.
 */
final class OpenClCheck implements Check, AutoCloseable {
  private static final Planner PLANNER = new Planner(OpenClKernels.table());

  /** The backend starts fewer launches one by one. */
  private static final int CHAINED = 8;

  private final OpenClBackend backend;
  private final boolean chain;

  /**
   * @param chain whether many launches run as one
   */
  OpenClCheck(boolean chain) {
    this.chain = chain;
    this.backend = TestDevice.open(OpenClOptions.fromProperties().poisoned().withChain(chain));
  }

  @Override
  public String name() {
    return chain ? "OpenCL, one launch" : "OpenCL";
  }

  @Override
  public Map<String, Tensor> run(Problem problem) throws Unsuitable {
    boolean passes = !problem.chance().one(4);
    Graph graph = passes ? Passes.standard().apply(problem.graph()) : problem.graph();
    Plan plan = PLANNER.plan(graph, backend.profile());
    if (chain && longestRun(plan) < CHAINED) {
      throw new Unsuitable("too few launches for one");
    }
    return Runs.of(plan, problem.inputs(), backend);
  }

  /** Number of steps that run on the device one after the other. */
  private static int longestRun(Plan plan) {
    int longest = 0;
    int run = 0;
    for (Step step : plan.steps()) {
      run = step.action() instanceof Step.Action.Device ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }

  /** Number of programs built from source so far. */
  int programs() {
    return backend.compiledPrograms();
  }

  @Override
  public void close() {
    backend.close();
  }
}
