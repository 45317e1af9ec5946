package io.clarinet;

import io.clarinet.backend.DeviceException;
import io.clarinet.engine.Engine;
import io.clarinet.engine.Specialisation;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a GPU that {@code auto} prefers only where it is predicted to run a model faster than the
 * CPU beside it: both are opened, and the model is planned for both, at a batch of one. Nothing is
 * built for it. Where there is no GPU, or one was asked for, no second device is opened.
 */
final class AutoChoice {
  private static final Logger LOG = LoggerFactory.getLogger(AutoChoice.class);

  /** The side of pictures where the model leaves it open. */
  private static final int OPEN_SIDE = 224;

  private final Graph model;
  private final SessionOptions options;
  private final Function<Device, Engine> opener;

  /** Devices that were opened to be compared, and not yet handed on. */
  private final Map<String, Engine> opened = new HashMap<>();

  /**
   * @param opener opens a device, or throws DeviceException
   */
  AutoChoice(Graph model, SessionOptions options, Function<Device, Engine> opener) {
    this.model = model;
    this.options = options;
    this.opener = opener;
  }

  /** The engine of a device, which may have been opened already. */
  Engine open(Device device) {
    Engine known = opened.remove(device.id());
    return known == null ? opener.apply(device) : known;
  }

  /** The device itself, or the CPU where that is predicted to be faster. */
  Device among(Device device) {
    if (!device.mayBeSlower()) {
      return device;
    }
    Graph graph = smallest();
    OptionalDouble own = graph == null ? OptionalDouble.empty() : seconds(device, graph);
    return own.isEmpty() || graph == null ? device : against(device, own.getAsDouble(), graph);
  }

  private Device against(Device gpu, double own, Graph graph) {
    Set<String> passed = new HashSet<>(Device.gpus());
    passed.add(gpu.id());
    Optional<Device> cpu = gpu.next(passed);
    while (cpu.isPresent()) {
      OptionalDouble other = seconds(cpu.get(), graph);
      if (other.isPresent()) {
        return other.getAsDouble() < own
            ? chosen(cpu.get(), other.getAsDouble(), gpu, own)
            : chosen(gpu, own, cpu.get(), other.getAsDouble());
      }
      passed.add(cpu.get().id());
      cpu = cpu.get().isCpu() ? Optional.empty() : gpu.next(passed);
    }
    return gpu;
  }

  private Device chosen(Device faster, double seconds, Device slower, double more) {
    Engine loser = opened.remove(slower.id());
    if (loser != null) {
      loser.close();
    }
    String why =
        String.format(
            Locale.ROOT,
            "%s would take %s ms for %s at batch 1, %s %s ms",
            slower,
            milliseconds(more),
            model.name().isEmpty() ? "this model" : model.name(),
            faster,
            milliseconds(seconds));
    LOG.info("{}", why);
    return faster.passingOver(why);
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

  /** The model at a batch of one; null where its inputs' values decide shapes, or none is known. */
  private @Nullable Graph smallest() {
    List<Shape> shapes = new ArrayList<>();
    for (Input input : model.inputs()) {
      int[] dims = input.shape(OPEN_SIDE).dims();
      if (dims.length > 0 && input.dims().get(0) == Input.UNKNOWN) {
        dims[0] = 1;
      }
      shapes.add(Shape.of(dims));
    }
    try {
      Specialisation specialisation = new Specialisation(model);
      return options
          .passes()
          .apply(specialisation.graph(specialisation.key(shapes, "comparing devices")));
    } catch (IllegalArgumentException e) {
      LOG.debug("{}: devices are not compared: {}", model.name(), e.getMessage());
      return null;
    }
  }
}
