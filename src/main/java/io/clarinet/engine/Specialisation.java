package io.clarinet.engine;

import io.clarinet.graph.Graph;
import io.clarinet.graph.Input;
import io.clarinet.graph.ShapeInputs;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes a graph concrete for one run's inputs: their shapes, and the values of those inputs that
 * decide shapes ({@link ShapeInputs}), which become constants.
 */
public final class Specialisation {
  private static final int REMEMBERED = 1000;
  private final Graph graph;
  private final Map<List<Shape>, Set<String>> deciding =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<Shape>, Set<String>> eldest) {
          return size() > REMEMBERED;
        }
      };

  public Specialisation(Graph graph) {
    this.graph = graph;
  }

  /**
   * The key of a plan: equal keys share one.
   *
   * @param values of the inputs that decide shapes, by name; copies of this key's own
   */
  public record Key(List<Shape> shapes, Map<String, Value> values) {
    public Key {
      shapes = List.copyOf(shapes);
      values = Map.copyOf(values);
    }
  }

  /** A tensor that equals others of the same bytes. */
  record Value(Shape shape, ByteBuffer bytes) {

    static Value of(Tensor tensor) {
      ByteBuffer copy =
          ByteBuffer.allocate(tensor.bytes().remaining()).order(ByteOrder.nativeOrder());
      return new Value(tensor.shape(), copy.put(tensor.bytes()).flip());
    }
  }

  /** The key of inputs in declared order. */
  public Key key(List<Tensor> inputs) {
    List<Shape> shapes = inputs.stream().map(Tensor::shape).toList();
    Set<String> names = deciding(shapes);
    Map<String, Value> values = new HashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      String name = graph.inputs().get(i).name();
      if (names.contains(name)) {
        values.put(name, Value.of(inputs.get(i)));
      }
    }
    return new Key(shapes, values);
  }

  /**
   * The key of inputs of which only the shapes are known.
   *
   * @throws IllegalArgumentException if that does not suffice
   */
  public Key key(List<Shape> shapes, String purpose) {
    Set<String> names = deciding(shapes);
    if (!names.isEmpty()) {
      throw new IllegalArgumentException(
          purpose + " needs the values of inputs " + names + ", which decide shapes; run instead");
    }
    return new Key(shapes, Map.of());
  }

  /** Found out while nothing is locked: others go on with the shapes that they know. */
  private Set<String> deciding(List<Shape> shapes) {
    Set<String> known;
    synchronized (deciding) {
      known = deciding.get(shapes);
    }
    if (known == null) {
      known = ShapeInputs.of(concrete(shapes));
      synchronized (deciding) {
        deciding.put(List.copyOf(shapes), known);
      }
    }
    return known;
  }

  private Graph concrete(List<Shape> shapes) {
    Map<String, Shape> byName = new LinkedHashMap<>();
    for (int i = 0; i < shapes.size(); i++) {
      byName.put(graph.inputs().get(i).name(), shapes.get(i));
    }
    return graph.specialised(byName);
  }

  /** The graph for a key. */
  public Graph graph(Key key) {
    Map<String, Tensor> known = new HashMap<>();
    for (Input input : graph.inputs()) {
      Value value = key.values().get(input.name());
      if (value != null) {
        known.put(input.name(), Tensor.wrap(input.type(), value.shape(), value.bytes()));
      }
    }
    Graph concrete = concrete(key.shapes());
    return known.isEmpty() ? concrete : concrete.bound(known);
  }

  /** The inputs, in declared order, that are not constants of the key's graph. */
  public List<Tensor> open(Key key, List<Tensor> inputs) {
    if (key.values().isEmpty()) {
      return inputs;
    }
    List<Tensor> open = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      if (!key.values().containsKey(graph.inputs().get(i).name())) {
        open.add(inputs.get(i));
      }
    }
    return open;
  }
}
