package io.clarinet.kernel;

import io.clarinet.TestDevice;
import io.clarinet.TestTensors;
import io.clarinet.backend.Backend;
import io.clarinet.backend.Executable;
import io.clarinet.graph.Graph;
import io.clarinet.graph.GraphBuilder;
import io.clarinet.graph.Input;
import io.clarinet.graph.Node;
import io.clarinet.kernel.gpu.GpuFamily;
import io.clarinet.kernel.gpu.GpuKernels;
import io.clarinet.kernel.opencl.OpenClKernels;
import io.clarinet.op.Op;
import io.clarinet.plan.Plan;
import io.clarinet.plan.Planner;
import io.clarinet.plan.Step;
import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.ToDoubleBiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Holds every kernel of an operator to its reference: on the OpenCL device, or on another, for
 * channel blocks 4, 8 and 16 and local memory of 32, 256 and 512 kB, over arenas full of NaN, first
 * as planned, then with every value inside of a larger one whose surroundings must stay untouched.
 *
 * <pre>{@code
 * Set<String> ran = OperatorContract.of(op).input(x).constant(weights).check();
 * }</pre>
 */
public final class OperatorContract {
  private static final int[] BLOCKS = {4, 8, 16};
  private static final long[] LOCAL_BYTES = {32 << 10, 256 << 10, 512 << 10};

  private final Op op;
  private final List<Tensor> tensors = new ArrayList<>();
  private final List<Boolean> constant = new ArrayList<>();
  private Supplier<Backend> device = TestDevice::poisoned;
  private KernelTable<Op> table = OpenClKernels.table();
  private List<Kernel> kernels;
  private boolean gpu = true;
  private List<Kernel> gpuKernels;
  private UnaryOperator<DeviceProfile> gpuLimits = GpuLimits::drawn;
  private double tolerance = 1e-5;
  private ToDoubleBiFunction<Tensor, Tensor> measure = TestTensors::relativeError;

  private OperatorContract(Op op) {
    this.op = op;
    this.kernels = table.of(op);
    this.gpuKernels = GpuFamily.of(GpuKernels.table().of(op));
  }

  public static OperatorContract of(Op op) {
    return new OperatorContract(op);
  }

  /** The next input, known only when the operator runs. */
  public OperatorContract input(Tensor tensor) {
    tensors.add(tensor);
    constant.add(false);
    return this;
  }

  /** The next input, a constant of the graph. */
  public OperatorContract constant(Constant value) {
    tensors.add(value.tensor());
    constant.add(true);
    return this;
  }

  /** The largest relative error that passes; 1e-5 if not said. */
  public OperatorContract tolerance(double largest) {
    tolerance = largest;
    return this;
  }

  /** The error of a result against its reference, in place of {@link TestTensors#relativeError}. */
  public OperatorContract measure(ToDoubleBiFunction<Tensor, Tensor> error) {
    measure = error;
    return this;
  }

  /**
   * Checks the kernels that another kind of device has.
   *
   * @param poisoned a backend whose arenas are NaN before each run
   * @param all its kernels for each operator
   */
  public OperatorContract on(Backend poisoned, KernelTable<Op> all) {
    device = () -> poisoned;
    gpu = false;
    table = all;
    kernels = all.of(op);
    return this;
  }

  /** Checks these kernels in place of the operator's own. */
  public OperatorContract kernels(Kernel... instead) {
    kernels = List.of(instead);
    gpu = false;
    return this;
  }

  /** Checks these kernels for GPUs alone, as on a GPU of these limits. */
  public OperatorContract onGpu(int group, long localBytes, Kernel... instead) {
    return onGpu(GpuLimits.of(device.get().profile(), group, localBytes, true), instead);
  }

  /** Checks these kernels for GPUs alone, as on a GPU like this. */
  public OperatorContract onGpu(DeviceProfile like, Kernel... instead) {
    kernels = List.of();
    gpuKernels = List.of(instead);
    gpuLimits = any -> like;
    return this;
  }

  /**
   * Checks all kernels; every third time that is drawn ({@code -Dclarinet.test.gpu=all}: each time)
   * those for GPUs too, on the same device, which runs their work-groups and barriers, within
   * limits that are drawn.
   *
   * @return names of the kernels that accepted, at least one; those for GPUs only where no others
   *     were asked
   * @throws AssertionError naming the kernel and device limits that give a wrong answer, or if no
   *     kernel accepts
   */
  public Set<String> check() {
    Backend backend = device.get();
    List<Fact> inputs = facts();
    List<Tensor> expected = op.evaluate(tensors);
    List<Fact> outputs = op.infer(inputs);
    Set<String> ran = new TreeSet<>();
    Set<Offer> seen = new HashSet<>();
    for (int block : BLOCKS) {
      for (long local : LOCAL_BYTES) {
        DeviceProfile limited = backend.profile().limitedTo(block, local);
        for (Kernel kernel : kernels) {
          Offer offer = kernel.offer(inputs, outputs, limited);
          if (!(offer instanceof Offer.Decline) && seen.add(offer)) {
            ran.add(kernel.name());
            check(backend, table, kernel, offer, limited, expected);
          }
        }
      }
    }
    if (gpu && (kernels.isEmpty() || GpuLimits.isDrawn())) {
      Set<String> ranForGpu = checkForGpu(backend, inputs, outputs, expected);
      if (kernels.isEmpty()) {
        ran.addAll(ranForGpu);
      }
    }
    if (ran.isEmpty()) {
      throw new AssertionError("no kernel of " + op + " accepts " + inputs);
    }
    return ran;
  }

  private Set<String> checkForGpu(
      Backend backend, List<Fact> inputs, List<Fact> outputs, List<Tensor> expected) {
    KernelTable<Op> all = GpuKernels.table();
    DeviceProfile device = gpuLimits.apply(backend.profile());
    Set<String> ran = new TreeSet<>();
    for (Kernel kernel : gpuKernels) {
      Offer offer = kernel.offer(inputs, outputs, device);
      if (!(offer instanceof Offer.Decline)) {
        ran.add(kernel.name());
        check(backend, all, kernel, offer, device, expected);
      }
    }
    return ran;
  }

  private List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    for (int i = 0; i < tensors.size(); i++) {
      Tensor tensor = tensors.get(i);
      facts.add(constant.get(i) ? Fact.of(tensor) : Fact.of(tensor.type(), tensor.shape()));
    }
    return facts;
  }

  private void check(
      Backend backend,
      KernelTable<Op> all,
      Kernel kernel,
      Offer offer,
      DeviceProfile limited,
      List<Tensor> expected) {
    String where =
        op
            + " by "
            + kernel.name()
            + ", block "
            + limited.channelBlock()
            + ", local memory "
            + limited.limits().localMemoryBytes()
            + ", groups of "
            + limited.simt().groupSize();
    Plan plan = plan(all, kernel, limited, expected.size());
    requireChosen(plan, kernel, offer, where);
    ResultCheck right = new ResultCheck(tolerance, measure);
    right.require(run(backend, plan, List.of(), new ArrayList<>()), expected, where);
    if (offer instanceof Offer.Accept) {
      ScatteredPlan scattered = ScatteredPlan.of(plan);
      List<Tensor> arenas = new ArrayList<>();
      right.require(
          run(backend, scattered.plan(), scattered.fillings(), arenas),
          expected,
          where + ", within larger values");
      scattered.requireSurroundingsUntouched(arenas, where);
    }
  }

  private Plan plan(KernelTable<Op> all, Kernel kernel, DeviceProfile limited, int outputs) {
    Planner planner =
        new Planner(
            o -> o == op ? List.of(kernel) : all.of(o),
            all::reorders,
            o -> {
              throw new AssertionError(o + " must not run on the host");
            });
    return planner.plan(graph(outputs), limited);
  }

  private Graph graph(int outputs) {
    GraphBuilder builder = new GraphBuilder("contract");
    List<String> names = new ArrayList<>();
    for (int i = 0; i < tensors.size(); i++) {
      Tensor tensor = tensors.get(i);
      List<Integer> dims = Arrays.stream(tensor.shape().dims()).boxed().toList();
      names.add(
          constant.get(i)
              ? builder.constant("x" + i, tensor)
              : builder.input(new Input("x" + i, tensor.type(), dims)));
    }
    List<String> results = IntStream.range(0, outputs).mapToObj(i -> "y" + i).toList();
    builder.add(new Node("node", op, names, results));
    results.forEach(builder::output);
    return builder.build();
  }

  private static void requireChosen(Plan plan, Kernel kernel, Offer offer, String where) {
    boolean chosen = plan.steps().stream().anyMatch(s -> s.kernel().equals(kernel.name()));
    if (offer instanceof Offer.Accept && !chosen) {
      throw new AssertionError(where + " is not in its plan " + plan.steps());
    }
    if (plan.steps().stream().anyMatch(s -> s.action() instanceof Step.Action.Host)) {
      throw new AssertionError(where + " runs on the host");
    }
  }

  /**
   * The results.
   *
   * @param first what the plan takes before the operator's own inputs
   * @param last given what the plan's outputs are beyond the operator's own
   */
  private List<Tensor> run(Backend backend, Plan plan, List<Tensor> first, List<Tensor> last) {
    List<Tensor> inputs = new ArrayList<>(first);
    for (int i = 0; i < tensors.size(); i++) {
      if (!constant.get(i)) {
        inputs.add(tensors.get(i));
      }
    }
    List<Tensor> outputs = new ArrayList<>();
    plan.outputs().forEach(b -> outputs.add(Tensor.zeros(b.place().type(), b.place().shape())));
    int own = (int) plan.outputs().stream().filter(b -> b.name().startsWith("y")).count();
    try (Executable executable = backend.load(plan)) {
      executable.run(inputs, outputs);
      List<Tensor> again = outputs.stream().map(t -> Tensor.zeros(t.type(), t.shape())).toList();
      executable.run(inputs, again);
      ResultCheck.requireSameBits(op, outputs.subList(0, own), again.subList(0, own));
    }
    if (own < outputs.size()) {
      last.addAll(outputs.subList(own, outputs.size()));
    }
    return outputs.subList(0, own);
  }
}
