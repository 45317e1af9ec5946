package io.clarinet;

import io.clarinet.backend.MemoryUse;
import io.clarinet.engine.Engine;
import io.clarinet.engine.GraphInputs;
import io.clarinet.engine.LayerCheck;
import io.clarinet.engine.Plans;
import io.clarinet.engine.RunQueue;
import io.clarinet.engine.Specialisation;
import io.clarinet.engine.Subject;
import io.clarinet.engine.Warming;
import io.clarinet.graph.Graph;
import io.clarinet.graph.Input;
import io.clarinet.pass.Passes;
import io.clarinet.plan.StepException;
import io.clarinet.report.Explanation;
import io.clarinet.report.Reports;
import io.clarinet.report.Timeline;
import io.clarinet.report.Verification;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * A model opened on a device. Programs and packed weights are shared by all input shapes; each
 * shape that is run gets a plan, and so does each value of an input that decides shapes. Plans are
 * kept within {@link SessionOptions#planMemory}, those used longest ago giving way.
 *
 * <p>Safe to share between threads: a shape is planned once, while others run; runs of one shape
 * wait for each other in the order of their coming.
 */
public final class Session implements AutoCloseable {
  private final Graph graph;
  private final Passes passes;
  private final Specialisation specialisation;
  private final SessionOptions options;
  private final GraphInputs declared;
  private final LeanGraphs lean;
  private final Failover failover;
  private final RunQueue queue;

  Session(Graph graph, Device device, SessionOptions options) {
    this(graph, device, options, Session::engine);
  }

  /**
   * @param opener opens a device, or throws DeviceException
   */
  Session(Graph graph, Device device, SessionOptions options, Function<Device, Engine> opener) {
    this(
        lean -> new AutoChoice(graph.name(), lean::smallest, opener),
        graph,
        device,
        options,
        options.passes());
  }

  /**
   * @param passes a session's own, or those of one that it shares constants with
   */
  private Session(
      Function<LeanGraphs, AutoChoice> chooser,
      Graph graph,
      Device device,
      SessionOptions options,
      Passes passes) {
    this.graph = graph;
    this.options = options;
    this.passes = passes;
    this.specialisation = new Specialisation(graph);
    this.declared = new GraphInputs(graph);
    this.lean = new LeanGraphs(graph, specialisation, passes);
    AutoChoice choice = chooser.apply(lean);
    this.failover =
        new Failover(
            graph.name(),
            choice.among(device),
            wanted -> plans(wanted.toString(), choice.open(wanted)));
    this.queue = new RunQueue(plans().engine().lanes(), options.mostWaiting());
  }

  /**
   * Opens another model on this session's device, with its options. What the two have in common is
   * on the device once: programs, and the weights of layers that both compute alike, as where one
   * is the other {@link Model#withOutputs ended elsewhere}. Each is closed by itself, in any order.
   */
  public Session openBeside(Model other) {
    return new Session(
        lean -> AutoChoice.none(this::shared), other.graph(), device(), options, passes);
  }

  /** This session's engine for one user more where it is on a device, else one of its own. */
  private Engine shared(Device wanted) {
    Plans current = failover.plansOn(wanted);
    return current == null ? engine(wanted) : current.engine().shared();
  }

  static Engine engine(Device device) {
    return device.isCpu() ? Engine.onJvm() : Engine.onOpenCl(device.id());
  }

  private Plans plans(String device, Engine engine) {
    return new Plans(
        new Subject(graph.name(), device), engine, options.planMemory(engine.profile()), lean::of);
  }

  /**
   * The device that runs; the next one, or the CPU, after the one asked for has failed. {@link
   * Device#passedOver} says what that was, and why.
   */
  public Device device() {
    return failover.device();
  }

  /** The declared inputs. */
  public List<Input> inputs() {
    return graph.inputs();
  }

  /** The names of the outputs. */
  public List<String> outputs() {
    return graph.outputs();
  }

  /** Runs or requests that may wait for their turn. */
  int mostWaiting() {
    return options.mostWaiting();
  }

  /** Returns if the model accepts these inputs. */
  void check(List<Tensor> tensors) {
    declared.check(tensors);
  }

  /** The graph before any pass. */
  Graph graph() {
    return graph;
  }

  /** Runs a model of one input and gives its first output. */
  public Tensor run(Tensor input) {
    return run(List.of(input)).get(0);
  }

  /**
   * Runs on inputs by name and gives the outputs by name.
   *
   * @throws IllegalArgumentException listing the model's inputs, if one is missing, unknown or of
   *     another type or shape
   */
  public Map<String, Tensor> run(Map<String, Tensor> inputs) {
    List<Tensor> results = run(declared.ordered(inputs));
    Map<String, Tensor> named = new LinkedHashMap<>();
    for (int i = 0; i < results.size(); i++) {
      named.put(graph.outputs().get(i), results.get(i));
    }
    return named;
  }

  /**
   * Runs on inputs in declared order and gives the outputs in declared order. The inputs may be
   * read where they lie, and must not change or be freed before this returns.
   */
  public List<Tensor> run(List<Tensor> inputs) {
    declared.check(inputs);
    Specialisation.Key key = specialisation.key(inputs);
    List<Tensor> open = specialisation.open(key, inputs);
    return onDevice(plans -> plans.with(key, ready -> ready.run(open)));
  }

  /**
   * Runs on inputs in declared order into the caller's tensors, one for each output in declared
   * order: direct or on the heap, {@link Tensor#wrap wrapped} or not. Nothing is allocated for
   * them. Their content after a failure is not defined.
   *
   * @throws IllegalArgumentException if the outputs' number, or the type or shape of one, is not
   *     that of the model's for these inputs, or one is read-only; nothing is run then
   */
  public void run(List<Tensor> inputs, List<Tensor> outputs) {
    declared.check(inputs);
    Specialisation.Key key = specialisation.key(inputs);
    List<Tensor> open = specialisation.open(key, inputs);
    onDevice(plans -> plans.with(key, ready -> ready.run(open, outputs)));
  }

  /**
   * As {@link #run(Tensor)}, once it is its turn, on a thread of the session's: runs wait in the
   * order of their coming, at most {@link SessionOptions#mostWaiting} of them. The tensor must not
   * change until the future is done. Cancelling the future takes the run out of those that wait; it
   * does nothing, and says so, once the run is under way. Work that is chained to the future
   * without an executor keeps the next run waiting.
   *
   * @return the run's result, or its failure: as {@link #run(Tensor)}, or with {@link
   *     java.util.concurrent.RejectedExecutionException} if too many wait, or with {@link
   *     IllegalStateException} if the session is closed first
   */
  public CompletableFuture<Tensor> runAsync(Tensor input) {
    return queue.submit(() -> run(input));
  }

  /** As {@link #runAsync(Tensor)}, on inputs in declared order, giving outputs in theirs. */
  public CompletableFuture<List<Tensor>> runAsync(List<Tensor> inputs) {
    return queue.submit(() -> run(inputs));
  }

  /** As {@link #runAsync(Tensor)}, on inputs by name, giving outputs by name. */
  public CompletableFuture<Map<String, Tensor>> runAsync(Map<String, Tensor> inputs) {
    return queue.submit(() -> run(inputs));
  }

  /**
   * Plans, compiles and packs for these input shapes, one for each input in declared order, and
   * runs on zeros until that takes no longer than it will: the first run at them is then as fast as
   * the next. Runs of other shapes go on meanwhile.
   *
   * @throws IllegalArgumentException if the model does not accept the shapes, or has inputs whose
   *     values decide shapes
   */
  public void prepare(Shape... shapes) {
    List<Shape> each = List.of(shapes);
    declared.checkShapes(each);
    var unused = specialisation.key(each, "preparing");
    List<Tensor> zeros = new ArrayList<>();
    for (int i = 0; i < shapes.length; i++) {
      zeros.add(Tensor.zeros(graph.inputs().get(i).type(), shapes[i]));
    }
    Warming.by(() -> run(zeros), !device().isCpu(), System::nanoTime);
  }

  /** The memory that the session holds now. */
  public SessionMemory memory() {
    Plans current = plans();
    return memory(current.count(), current.engine().memory());
  }

  /**
   * The memory that a new session would hold after a run of these input shapes, planned without
   * building or packing anything: a kernel that turns out not to build here changes it.
   *
   * @throws IllegalArgumentException as {@link #prepare}
   */
  public SessionMemory memory(List<Shape> shapes) {
    declared.checkShapes(shapes);
    Specialisation.Key key = specialisation.key(shapes, "planning");
    return memory(1, onDevice(plans -> plans.foreseen(key)));
  }

  private SessionMemory memory(int plans, MemoryUse use) {
    return new SessionMemory(
        plans, use.lanes(), use.weightBytes(), use.laneBytes(), use.hostBytes(), modelBytes());
  }

  private long modelBytes() {
    return graph.constants().values().stream()
        .filter(Tensor.class::isInstance)
        .mapToLong(constant -> constant.shape().size() * constant.type().bytes())
        .sum();
  }

  /** Runs some times, after once untimed; the timeline of each run. */
  public List<Timeline> trace(List<Tensor> inputs, int rounds) {
    declared.check(inputs);
    Specialisation.Key key = specialisation.key(inputs);
    List<Tensor> open = specialisation.open(key, inputs);
    return onDevice(plans -> plans.with(key, ready -> ready.trace(open, rounds)));
  }

  /** Tells how fast the device is while the session runs on it. */
  public Speedometer speedometer() {
    return onDevice(plans -> new Speedometer(plans.engine().meter()));
  }

  /** Plans, builds and packs for these input shapes now, as the first run at them would. */
  public Explanation explain(List<Shape> shapes) {
    declared.checkShapes(shapes);
    Specialisation.Key key = specialisation.key(shapes, "explaining");
    Passes.Result passed = passes.trace(specialisation.graph(key));
    return onDevice(
        plans ->
            plans.with(
                key,
                ready ->
                    Reports.explanation(
                        graph.name(), device().toString(), passed, ready.graph(), ready.plan())));
  }

  /**
   * Predicted seconds of a run of these shapes through this JVM, on the cores of the session's
   * device. Empty where that is not a CPU device of OpenCL, or the JVM could not hold the model.
   */
  public OptionalDouble secondsOnJvm(List<Shape> shapes) {
    declared.checkShapes(shapes);
    Specialisation.Key key = specialisation.key(shapes, "comparing devices");
    Graph concrete = passes.apply(specialisation.graph(key));
    return onDevice(plans -> plans.engine().predictedOnJvm(concrete, Double.POSITIVE_INFINITY));
  }

  /**
   * Runs with every layer's result kept, and compares each with the reference of the model as it
   * was before any pass.
   */
  public Verification verify(List<Tensor> inputs) {
    declared.check(inputs);
    Specialisation.Key key = specialisation.key(inputs);
    Graph original = specialisation.graph(key);
    List<Tensor> open = specialisation.open(key, inputs);
    LayerCheck check = new LayerCheck(original, passes.apply(original), open);
    return onDevice(plans -> plans.once(check.graph(), check::run));
  }

  private <T> T onDevice(Function<Plans, T> work) {
    try {
      return failover.with(work);
    } catch (StepException e) {
      throw e.in(graph.name());
    }
  }

  /** The plans on the current device. */
  Plans plans() {
    return failover.plans();
  }

  /**
   * Waits for runs in flight, fails those of {@link #runAsync} that wait, then gives all device
   * memory back. Closing twice does nothing.
   */
  @Override
  public void close() {
    queue.close();
    failover.close();
  }
}
