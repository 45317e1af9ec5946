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

  /**
   * How many weights an architecture asks for before the first that is not there, without a graph.
   */
  static int found(Architecture architecture, NamedTensors tensors) {
    int[] count = new int[1];
    try {
      architecture.graph(
          new Weights() {
            @Override
            public Constant get(String name, Shape shape, Init init) {
              if (tensors.get(name) == null) {
                throw new IllegalArgumentException(name + " is missing");
              }
              count[0]++;
              return new Splat(ElementType.FLOAT32, shape, init.mean());
            }

            @Override
            public boolean areTrained() {
              return false;
            }
          });
    } catch (IllegalArgumentException e) {
      return count[0];
    }
    return Integer.MAX_VALUE;
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
