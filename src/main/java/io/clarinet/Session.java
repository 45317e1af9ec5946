package io.clarinet;

import io.clarinet.backend.DeviceException;
import io.clarinet.backend.MemoryUse;
import io.clarinet.engine.Engine;
import io.clarinet.engine.LayerCheck;
import io.clarinet.engine.Plans;
import io.clarinet.engine.Specialisation;
import io.clarinet.graph.Graph;
import io.clarinet.graph.Input;
import io.clarinet.pass.HalveDenseWeights;
import io.clarinet.pass.Passes;
import io.clarinet.plan.StepException;
import io.clarinet.report.Explanation;
import io.clarinet.report.Timeline;
import io.clarinet.report.Verification;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model opened on a device. Programs and packed weights are shared by all input shapes; each
 * shape that is run gets a plan, and so does each value of an input that decides shapes. Plans are
 * kept within {@link SessionOptions#planMemory}, those used longest ago giving way.
 *
 * <p>Safe to share between threads: a shape is planned once, while others run; runs of one shape
 * wait for each other in the order of their coming.
 */
public final class Session implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);

  /** Runs at most until a new plan runs as fast as it will. */
  private static final int WARMING_RUNS = 10;

  /** Share of the time before that a run takes which is no faster, but for noise. */
  private static final double AS_FAST = 0.9;

  private final Graph graph;
  private final Passes passes;
  private final Specialisation specialisation;
  private final SessionOptions options;
  private final Function<Device, Engine> opener;
  private final Set<String> passedOver = new HashSet<>();
  private Device device;
  private Plans plans;
  private boolean closed;

  Session(Graph graph, Device device, SessionOptions options) {
    this(graph, device, options, Session::engine);
  }

  /**
   * @param opener opens a device, or throws DeviceException
   */
  Session(Graph graph, Device device, SessionOptions options, Function<Device, Engine> opener) {
    this.graph = graph;
    this.options = options;
    this.opener = opener;
    this.passes =
        options.weights() == SessionOptions.Weights.FP16
            ? Passes.standard().and(new HalveDenseWeights())
            : Passes.standard();
    this.specialisation = new Specialisation(graph);
    this.device = device;
    this.plans = open();
  }

  private static Engine engine(Device device) {
    return device.isCpu() ? Engine.onJvm() : Engine.onOpenCl(device.id());
  }

  private Plans open() {
    try {
      return plans(opener.apply(device));
    } catch (DeviceException e) {
      return replace(e);
    }
  }

  /** Opens the first device that may stand in for the one that failed and does not fail too. */
  private Plans replace(DeviceException failure) {
    DeviceException last = failure;
    Device broken = device;
    while (true) {
      passedOver.add(broken.id());
      Device next = broken.next(passedOver).orElse(null);
      if (next == null) {
        throw failure;
      }
      next = broken.replacedBy(next, String.valueOf(last.getMessage()));
      try {
        Plans opened = plans(opener.apply(next));
        device = next;
        return opened;
      } catch (DeviceException e) {
        last = e;
        broken = next;
      }
    }
  }

  private Plans plans(Engine engine) {
    return new Plans(
        engine,
        options.planMemory(engine.profile()),
        key -> passes.apply(specialisation.graph(key)));
  }

  /**
   * The device that runs; the next one, or the CPU, after the one asked for has failed. {@link
   * Device#passedOver} says what that was, and why.
   */
  public synchronized Device device() {
    return device;
  }

  /** The declared inputs. */
  public List<Input> inputs() {
    return graph.inputs();
  }

  /** The names of the outputs. */
  public List<String> outputs() {
    return graph.outputs();
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
    List<Tensor> results = run(ordered(inputs));
    Map<String, Tensor> named = new LinkedHashMap<>();
    for (int i = 0; i < results.size(); i++) {
      named.put(graph.outputs().get(i), results.get(i));
    }
    return named;
  }

  private List<Tensor> ordered(Map<String, Tensor> inputs) {
    List<Tensor> ordered = new ArrayList<>();
    for (Input input : graph.inputs()) {
      Tensor tensor = inputs.get(input.name());
      if (tensor == null) {
        throw noSuchInputs("input \"" + input.name() + "\" is missing");
      }
      ordered.add(tensor);
    }
    for (String name : inputs.keySet()) {
      if (graph.input(name) == null) {
        throw noSuchInputs("there is no input \"" + name + "\"");
      }
    }
    return ordered;
  }

  private IllegalArgumentException noSuchInputs(String what) {
    return new IllegalArgumentException(
        "%s; %s has inputs %s".formatted(what, graph.name(), graph.inputs()));
  }

  /** Runs on inputs in declared order and gives the outputs in declared order. */
  public List<Tensor> run(List<Tensor> inputs) {
    check(inputs);
    Specialisation.Key key = specialisation.key(inputs);
    List<Tensor> open = specialisation.open(key, inputs);
    return onDevice(plans -> plans.with(key, ready -> ready.run(open)));
  }

  /**
   * Runs on inputs in declared order into the caller's tensors, one for each output in declared
   * order: direct or on the heap, {@link Tensor#wrap wrapped} or not. Nothing is allocated for
   * them. What they hold after a failure is not defined.
   *
   * @throws IllegalArgumentException if the outputs' number, or the type or shape of one, is not
   *     that of the model's for these inputs, or one is read-only; nothing is run then
   */
  public void run(List<Tensor> inputs, List<Tensor> outputs) {
    check(inputs);
    Specialisation.Key key = specialisation.key(inputs);
    List<Tensor> open = specialisation.open(key, inputs);
    onDevice(plans -> plans.with(key, ready -> ready.run(open, outputs)));
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
    checkShapes(each);
    Specialisation.Key key = specialisation.key(each, "preparing");
    List<Tensor> zeros = new ArrayList<>();
    for (int i = 0; i < shapes.length; i++) {
      zeros.add(Tensor.zeros(graph.inputs().get(i).type(), shapes[i]));
    }
    long last = 0;
    for (int i = 0; i < WARMING_RUNS; i++) {
      long start = System.nanoTime();
      onDevice(plans -> plans.with(key, ready -> ready.run(zeros)));
      long elapsed = System.nanoTime() - start;
      if (elapsed > AS_FAST * last && i > 1) {
        return;
      }
      last = elapsed;
    }
  }

  /** What the session holds now. */
  public SessionMemory memory() {
    Plans current = plans();
    MemoryUse device = current.deviceMemory();
    return new SessionMemory(
        current.count(),
        device.lanes(),
        device.weightBytes(),
        device.laneBytes(),
        current.hostBytes(),
        modelBytes());
  }

  private long modelBytes() {
    return graph.constants().values().stream()
        .filter(Tensor.class::isInstance)
        .mapToLong(constant -> constant.shape().size() * constant.type().bytes())
        .sum();
  }

  /** Runs some times, after once untimed; the timeline of each run. */
  public List<Timeline> trace(List<Tensor> inputs, int rounds) {
    check(inputs);
    Specialisation.Key key = specialisation.key(inputs);
    List<Tensor> open = specialisation.open(key, inputs);
    return onDevice(plans -> plans.with(key, ready -> ready.trace(open, rounds)));
  }

  /** Plans, builds and packs for these input shapes now, as the first run at them would. */
  public Explanation explain(List<Shape> shapes) {
    checkShapes(shapes);
    Specialisation.Key key = specialisation.key(shapes, "explaining");
    Passes.Result passed = passes.trace(specialisation.graph(key));
    return onDevice(
        plans ->
            plans.with(
                key,
                ready ->
                    Explanation.of(
                        graph.name(), device().toString(), passed, ready.graph(), ready.plan())));
  }

  /**
   * Runs with every layer's result kept, and compares each with the reference of the model as it
   * was before any pass.
   */
  public Verification verify(List<Tensor> inputs) {
    check(inputs);
    Specialisation.Key key = specialisation.key(inputs);
    Graph original = specialisation.graph(key);
    List<Tensor> open = specialisation.open(key, inputs);
    LayerCheck check = new LayerCheck(original, passes.apply(original), open);
    return onDevice(plans -> plans.once(check.graph(), check::run));
  }

  /** Does what needs the device; on the next one if that fails and may be replaced. */
  private <T> T onDevice(Function<Plans, T> work) {
    while (true) {
      Plans current = plans();
      try {
        return work.apply(current);
      } catch (StepException e) {
        throw e.in(graph.name());
      } catch (DeviceException e) {
        replace(current, e);
      } catch (IllegalStateException e) {
        if (plans() == current) {
          throw e;
        }
      }
    }
  }

  /** The plans on the device that runs now. */
  synchronized Plans plans() {
    if (closed) {
      throw new IllegalStateException("the session is closed");
    }
    return plans;
  }

  private void replace(Plans failed, DeviceException failure) {
    synchronized (this) {
      if (plans() != failed) {
        return;
      }
      plans = replace(failure);
    }
    try {
      failed.close();
    } catch (DeviceException e) {
      LOG.debug("A device that had failed was not closed either: {}", e.getMessage());
    }
  }

  private void check(List<Tensor> inputs) {
    checkCount(inputs.size());
    for (int i = 0; i < inputs.size(); i++) {
      Input declared = graph.inputs().get(i);
      if (inputs.get(i).type() != declared.type() || !declared.accepts(inputs.get(i).shape())) {
        throw new IllegalArgumentException(
            "input " + declared + " does not accept " + inputs.get(i));
      }
    }
  }

  private void checkShapes(List<Shape> shapes) {
    checkCount(shapes.size());
    for (int i = 0; i < shapes.size(); i++) {
      Input declared = graph.inputs().get(i);
      if (!declared.accepts(shapes.get(i))) {
        throw new IllegalArgumentException(
            "input " + declared + " does not accept " + shapes.get(i));
      }
    }
  }

  private void checkCount(int count) {
    if (count != graph.inputs().size()) {
      throw new IllegalArgumentException(
          "%s has inputs %s, got %d".formatted(graph.name(), graph.inputs(), count));
    }
  }

  /** Waits for runs in flight, then gives all device memory back. Closing twice does nothing. */
  @Override
  public void close() {
    Plans last;
    synchronized (this) {
      closed = true;
      last = plans;
    }
    last.close();
  }
}
