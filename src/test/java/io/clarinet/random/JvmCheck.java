package io.clarinet.random;

import io.clarinet.backend.jvm.JvmBackend;
import io.clarinet.backend.jvm.JvmOptions;
import io.clarinet.engine.Jvm;
import io.clarinet.graph.Graph;
import io.clarinet.kernel.KernelTable;
import io.clarinet.kernel.jvm.JvmKernels;
import io.clarinet.op.Op;
import io.clarinet.pass.Passes;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Planner;
import io.clarinet.tensor.Tensor;
import java.util.Map;

/** The JVM target, after the passes or without them. */
final class JvmCheck implements Check {
  private static final JvmBackend ALONE =
      Jvm.open(JvmOptions.standard().withThreads(1).withLanes(1).poisoned());
  private static final JvmBackend TOGETHER =
      Jvm.open(JvmOptions.standard().withThreads(3).poisoned());
  private static final long LOCAL_BYTES = 256 << 10;
  private static final Planner BEST = planner(JvmKernels.best());
  private static final Planner PLAIN = planner(JvmKernels.plain());

  private final boolean passes;

  JvmCheck(boolean passes) {
    this.passes = passes;
  }

  private static Planner planner(KernelTable<Op> kernels) {
    return new Planner(kernels);
  }

  @Override
  public String name() {
    return passes ? "JVM" : "JVM without passes";
  }

  @Override
  public Map<String, Tensor> run(Problem problem) {
    Graph graph = passes ? Passes.standard().apply(problem.graph()) : problem.graph();
    return run(graph, problem.inputs(), problem.chance());
  }

  /** Runs a graph on threads, kernels and a channel block that are drawn. */
  static Map<String, Tensor> run(Graph graph, Map<String, Tensor> inputs, Chance chance) {
    JvmBackend backend = chance.one(8) ? TOGETHER : ALONE;
    Planner planner = chance.one(3) ? PLAIN : BEST;
    int block = chance.of(4, 8, 16);
    Plan plan = planner.plan(graph, backend.profile().limitedTo(block, LOCAL_BYTES));
    return Runs.of(plan, inputs, backend);
  }
}
