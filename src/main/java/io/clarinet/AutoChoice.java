package io.clarinet;

import io.clarinet.backend.DeviceException;
import io.clarinet.engine.Engine;
import io.clarinet.graph.Graph;
import io.clarinet.graph.Input;
import io.clarinet.plan.PlanException;
import io.clarinet.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a device that {@code auto} prefers only where no other is predicted to run a model faster,
 * at a batch of one. A GPU is compared with the CPU beside it, and both are opened; an OpenCL
 * device of the CPU with the JVM, which is opened only if it wins. Nothing is built for it, and the
 * plan that is made for it is the one that runs. Where a device was asked for, no other is looked
 * at.
 */
final class AutoChoice {
  private static final Logger LOG = LoggerFactory.getLogger(AutoChoice.class);

  /** The side of pictures where the model leaves it open. */
  private static final int OPEN_SIDE = 224;

  /**
   * How much faster the JVM must be predicted to be than OpenCL on the same cores: predictions of
   * both err by as much (PredictionsTest), and it takes longer until it is warm.
   */
  static final double WORTH = 1.5;

  private final String name;
  private final Supplier<@Nullable Graph> smallest;
  private final Function<Device, Engine> opener;

  /** Devices that were opened to be compared, and not yet handed on. */
  private final Map<String, Engine> opened = new HashMap<>();

  /** A device, and the predicted seconds of a run. */
  private record Timed(Device device, double seconds) {}

  /**
   * @param name of the model, for people
   * @param smallest makes the model as it is planned at a batch of one; null where its inputs'
   *     values decide shapes, or none is known
   * @param opener opens a device, or throws DeviceException
   */
  AutoChoice(String name, Supplier<@Nullable Graph> smallest, Function<Device, Engine> opener) {
    this.name = name.isEmpty() ? "this model" : name;
    this.smallest = smallest;
    this.opener = opener;
  }

  /** Leaves every device as it is. */
  static AutoChoice none(Function<Device, Engine> opener) {
    return new AutoChoice("", () -> null, opener);
  }

  /** The shapes of a model's inputs at a batch of one. */
  static List<Shape> smallest(List<Input> inputs) {
    List<Shape> shapes = new ArrayList<>();
    for (Input input : inputs) {
      int[] dims = input.shape(OPEN_SIDE).dims();
      if (dims.length > 0 && input.dims().get(0) == Input.UNKNOWN) {
        dims[0] = 1;
      }
      shapes.add(Shape.of(dims));
    }
    return shapes;
  }

  /** The engine of a device, which may have been opened already. */
  Engine open(Device device) {
    Engine known = opened.remove(device.id());
    return known == null ? opener.apply(device) : known;
  }

  /** The device itself, or another that is predicted to be faster. */
  Device among(Device device) {
    Graph graph = device.mayBeSlower() ? smallest.get() : null;
    OptionalDouble own = graph == null ? OptionalDouble.empty() : seconds(device, graph);
    if (own.isEmpty() || graph == null) {
      return device;
    }
    Timed first = new Timed(device, own.getAsDouble());
    return (device.isGpu() ? againstCpu(first, graph) : againstJvm(first, graph)).device;
  }

  private Timed againstCpu(Timed gpu, Graph graph) {
    Set<String> passed = new HashSet<>(Device.gpus());
    passed.add(gpu.device.id());
    Optional<Device> next = gpu.device.next(passed);
    while (next.isPresent()) {
      OptionalDouble other = seconds(next.get(), graph);
      if (other.isPresent()) {
        Timed cpu = againstJvm(new Timed(next.get(), other.getAsDouble()), graph);
        return cpu.seconds < gpu.seconds ? chosen(cpu, gpu) : chosen(gpu, cpu);
      }
      passed.add(next.get().id());
      next = next.get().isCpu() ? Optional.empty() : gpu.device.next(passed);
    }
    return gpu;
  }

  /** The OpenCL device of a CPU, or the JVM where that is much faster on the same cores. */
  private Timed againstJvm(Timed cpu, Graph graph) {
    Engine engine = opened.get(cpu.device.id());
    double most = cpu.seconds / WORTH;
    if (engine == null || cpu.device.isCpu()) {
      return cpu;
    }
    OptionalDouble jvm = engine.predictedOnJvm(graph, most);
    return jvm.isPresent() && jvm.getAsDouble() < most
        ? chosen(new Timed(Device.cpu(), jvm.getAsDouble()), cpu)
        : cpu;
  }

  private Timed chosen(Timed faster, Timed slower) {
    Engine loser = opened.remove(slower.device.id());
    if (loser != null) {
      loser.close();
    }
    String why =
        String.format(
            Locale.ROOT,
            "%s would take %s ms for %s at batch 1, %s %s ms",
            slower.device,
            milliseconds(slower.seconds),
            name,
            faster.device,
            milliseconds(faster.seconds));
    LOG.info("{}", why);
    return new Timed(faster.device.passingOver(why), faster.seconds);
  }

  private static String milliseconds(double seconds) {
    return String.format(Locale.ROOT, seconds < 1e-2 ? "%.2f" : "%.0f", seconds * 1e3);
  }

  /** Predicted seconds of a run; empty where the device does not open, or cannot hold the model. */
  private OptionalDouble seconds(Device device, Graph graph) {
    try {
      Engine engine = opener.apply(device);
      opened.put(device.id(), engine);
      return OptionalDouble.of(engine.predicted(graph));
    } catch (DeviceException | PlanException e) {
      LOG.debug("{} is not compared: {}", device, e.getMessage());
      return OptionalDouble.empty();
    }
  }
}
