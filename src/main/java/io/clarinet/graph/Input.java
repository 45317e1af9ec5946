package io.clarinet.graph;

import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A graph input as its model declares it.
 *
 * @param dims extents, {@link #UNKNOWN} where the model leaves them open
 */
public record Input(String name, ElementType type, List<Integer> dims) {
  /** An extent that the model leaves open. */
  public static final int UNKNOWN = -1;

  public Input {
    dims = List.copyOf(dims);
  }

  /** Whether a shape fits the declaration. */
  public boolean accepts(Shape shape) {
    if (shape.rank() != dims.size()) {
      return false;
    }
    for (int i = 0; i < dims.size(); i++) {
      if (dims.get(i) != UNKNOWN && dims.get(i) != shape.dim(i)) {
        return false;
      }
    }
    return true;
  }

  /** The declared shape with every open extent set to {@code extent}. */
  public Shape shape(int extent) {
    return Shape.of(dims.stream().mapToInt(d -> d == UNKNOWN ? extent : d).toArray());
  }

  @Override
  public String toString() {
    return name
        + ": "
        + type
        + " "
        + dims.stream()
            .map(d -> d == UNKNOWN ? "?" : d.toString())
            .collect(Collectors.joining("x"));
  }
}
