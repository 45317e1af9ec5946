package io.clarinet.importer;

import io.clarinet.tensor.Constant;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Splat;
import io.clarinet.zoo.Architecture;
import io.clarinet.zoo.Weights;
import io.clarinet.zoo.Zoo;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The weights that an architecture asks for, learnt by asking it once. */
final class Requirements implements Weights {
  private static final Map<String, Map<String, Shape>> KNOWN = new ConcurrentHashMap<>();
  private final Map<String, Shape> shapes = new LinkedHashMap<>();

  private Requirements() {}

  /** Shapes by name, in the order in which the architecture asks; kept for the zoo's own. */
  static Map<String, Shape> of(Architecture architecture) {
    return Zoo.all().contains(architecture)
        ? KNOWN.computeIfAbsent(architecture.name(), name -> ask(architecture))
        : ask(architecture);
  }

  private static Map<String, Shape> ask(Architecture architecture) {
    Requirements requirements = new Requirements();
    architecture.graph(requirements);
    return Collections.unmodifiableMap(requirements.shapes);
  }

  @Override
  public Constant get(String name, Shape shape, Init init) {
    shapes.put(name, shape);
    return new Splat(ElementType.FLOAT32, shape, init.mean());
  }

  @Override
  public boolean areTrained() {
    return false;
  }
}
