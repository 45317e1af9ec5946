package io.clarinet;

import io.clarinet.graph.Graph;
import io.clarinet.graph.Input;
import io.clarinet.pass.HalveDenseWeights;
import io.clarinet.pass.Passes;
import io.clarinet.plan.DeviceException;
import io.clarinet.plan.Plan;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model opened on a device. Programs and packed weights are shared by all input shapes; each
 * shape that was run lately keeps its plan, and so does each value of an input that decides shapes.
 * Safe to share between threads.
 */
public final class Session implements AutoCloseable {
  private static final int PLANS = 4;
  private final Graph graph;
  private final Passes passes;
  private final Specialisation specialisation;
  private final Map<Specialisation.Key, Engine.Ready> ready = new LinkedHashMap<>(8, 0.75f, true);
  private Device device;
  private Engine engine;
  private boolean closed;

  Session(Graph graph, Device device, SessionOptions options) {
    this.graph = graph;
    this.passes =
        options.weights() == SessionOptions.Weights.FP16
            ? Passes.standard().and(new HalveDenseWeights())
            : Passes.standard();
    this.specialisation = new Specialisation(graph);
    this.device = device;
    this.engine = open(device);
  }

  private Engine open(Device wanted) {
    try {
      return Engine.on(wanted);
    } catch (DeviceException e) {
      return replace(e);
    }
  }

  private Engine replace(DeviceException failure) {
    if (!device.replaceable()) {
      throw failure;
    }
    Device.sayOnce(device + " failed: " + failure.getMessage(), "see `clarinet devices`");
    device = Device.cpu();
    return Engine.on(device);
  }

  /** The device that runs; the CPU after the one asked for has failed. */
  public synchronized Device device() {
    return device;
  }

  /** The declared inputs. */
  public List<Input> inputs() {
    return graph.inputs();
  }

  /** Runs a model of one input and gives its first output. */
  public Tensor run(Tensor input) {
    return run(List.of(input)).get(0);
  }

  /** Runs on inputs by name and gives the outputs by name. */
  public Map<String, Tensor> run(Map<String, Tensor> inputs) {
    List<Tensor> ordered = new ArrayList<>();
    for (Input input : graph.inputs()) {
      Tensor tensor = inputs.get(input.name());
      if (tensor == null) {
        throw new IllegalArgumentException("input \"" + input.name() + "\" is missing");
      }
      ordered.add(tensor);
    }
    List<Tensor> results = run(ordered);
    Map<String, Tensor> named = new LinkedHashMap<>();
    for (int i = 0; i < results.size(); i++) {
      named.put(graph.outputs().get(i), results.get(i));
    }
    return named;
  }

  /** Runs on inputs in declared order and gives the outputs in declared order. */
  public List<Tensor> run(List<Tensor> inputs) {
    check(inputs);
    Specialisation.Key key = specialisation.key(inputs);
    List<Tensor> open = specialisation.open(key, inputs);
    while (true) {
      Engine.Ready prepared = prepared(key);
      List<Tensor> outputs = outputs(prepared.plan());
      try {
        prepared.executable().run(open, outputs);
        return outputs;
      } catch (DeviceException e) {
        recover(e, prepared);
      } catch (IllegalStateException e) {
        rethrowUnlessEvicted(e, key, prepared);
      }
    }
  }

  /** Runs some times, after once untimed, and tells of each run what happened when. */
  public List<Timeline> trace(List<Tensor> inputs, int rounds) {
    check(inputs);
    Specialisation.Key key = specialisation.key(inputs);
    Engine.Ready prepared = prepared(key);
    Plan plan = prepared.plan();
    List<Tensor> open = specialisation.open(key, inputs);
    return prepared.executable().trace(open, outputs(plan), rounds).stream()
        .map(spans -> Timeline.of(plan, spans))
        .toList();
  }

  /** Plans, builds and packs for these input shapes now, as the first run at them would. */
  public Explanation explain(List<Shape> shapes) {
    Specialisation.Key key = specialisation.key(shapes, "explaining");
    Engine.Ready prepared = prepared(key);
    return Explanation.of(
        graph.name(),
        device(),
        passes.trace(specialisation.graph(key)),
        prepared.graph(),
        prepared.plan());
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
    return LayerCheck.run(original, passes.apply(original), engine(), open);
  }

  /** Number of plans kept now. */
  synchronized int plans() {
    return ready.size();
  }

  private synchronized Engine engine() {
    return engine;
  }

  static List<Tensor> outputs(Plan plan) {
    List<Tensor> outputs = new ArrayList<>();
    for (Plan.Binding output : plan.outputs()) {
      outputs.add(Tensor.zeros(output.place().type(), output.place().shape()));
    }
    return outputs;
  }

  private void check(List<Tensor> inputs) {
    if (inputs.size() != graph.inputs().size()) {
      throw new IllegalArgumentException(
          "the model has inputs " + graph.inputs() + ", got " + inputs.size());
    }
    for (int i = 0; i < inputs.size(); i++) {
      Input declared = graph.inputs().get(i);
      if (inputs.get(i).type() != declared.type() || !declared.accepts(inputs.get(i).shape())) {
        throw new IllegalArgumentException(
            "input " + declared + " does not accept " + inputs.get(i));
      }
    }
  }

  private synchronized Engine.Ready prepared(Specialisation.Key key) {
    if (closed) {
      throw new IllegalStateException("the session is closed");
    }
    Engine.Ready known = ready.get(key);
    if (known == null) {
      known = prepare(passes.apply(specialisation.graph(key)));
      evict();
      ready.put(key, known);
    }
    return known;
  }

  private Engine.Ready prepare(Graph lean) {
    try {
      return engine.prepare(engine.split(lean));
    } catch (DeviceException e) {
      switchEngine(e);
      return engine.prepare(engine.split(lean));
    }
  }

  private void evict() {
    if (ready.size() >= PLANS) {
      Specialisation.Key oldest = ready.keySet().iterator().next();
      Engine.Ready evicted = ready.remove(oldest);
      if (evicted != null) {
        evicted.executable().close();
      }
    }
  }

  private synchronized void recover(DeviceException failure, Engine.Ready failed) {
    if (ready.containsValue(failed)) {
      switchEngine(failure);
    }
  }

  private void switchEngine(DeviceException failure) {
    Engine broken = engine;
    engine = replace(failure);
    ready.clear();
    broken.close();
  }

  /** A plan that was evicted between its look-up and its run is simply made again. */
  private synchronized void rethrowUnlessEvicted(
      IllegalStateException failure, Specialisation.Key key, Engine.Ready used) {
    if (closed || ready.get(key) == used) {
      throw failure;
    }
  }

  /** Waits for runs in flight, then gives all device memory back. Closing twice does nothing. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      ready.values().forEach(r -> r.executable().close());
      ready.clear();
      engine.close();
    }
  }
}
