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
  private static final Map<Architecture, Map<String, Shape>> KNOWN = new ConcurrentHashMap<>();
  private final Map<String, Shape> shapes = new LinkedHashMap<>();

  private Requirements() {}

  /**
   * Shapes by name, in the order in which the architecture asks; kept for the zoo's own spellings.
   */
  static Map<String, Shape> of(Architecture architecture) {
    boolean own = Zoo.all().stream().anyMatch(each -> each.spellings().contains(architecture));
    return own ? KNOWN.computeIfAbsent(architecture, Requirements::ask) : ask(architecture);
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
