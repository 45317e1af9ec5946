package io.clarinet.importer;

import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Deferred;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Attention's projections to queries, keys and values, which transformers keeps as three tensors,
 * as the one that the zoo has: the rows of all three below each other.
 */
final class JoinedProjections {
  /** What the joined ones are called in place of {@code .attention.attention.query.}. */
  static final String NAME = ".attention.qkv.";

  private static final String QUERY = ".attention.attention.query.";
  private static final String KEY = ".attention.attention.key.";
  private static final String VALUE = ".attention.attention.value.";

  private JoinedProjections() {}

  /** The tensors with theirs joined, where there are such. */
  static Map<String, Constant> of(Map<String, Constant> tensors) {
    if (tensors.keySet().stream().noneMatch(name -> name.contains(QUERY))) {
      return tensors;
    }
    Map<String, Constant> joined = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          Constant key = tensors.get(name.replace(QUERY, KEY));
          Constant value = tensors.get(name.replace(QUERY, VALUE));
          if (name.contains(QUERY) && areAlike(tensor, key) && areAlike(tensor, value)) {
            joined.put(name.replace(QUERY, NAME), joined(List.of(tensor, key, value)));
          } else if (!name.contains(KEY) && !name.contains(VALUE)) {
            joined.put(name, tensor);
          }
        });
    return joined;
  }

  private static boolean areAlike(Constant query, @Nullable Constant other) {
    return other != null
        && query.shape().rank() > 0
        && query.type() == ElementType.FLOAT32
        && other.type() == ElementType.FLOAT32
        && other.shape().equals(query.shape());
  }

  private static Constant joined(List<Constant> parts) {
    int[] dims = parts.get(0).shape().dims();
    dims[0] *= parts.size();
    Shape shape = Shape.of(dims);
    return new Deferred(
        ElementType.FLOAT32,
        shape,
        () -> {
          Tensor all = Tensor.zeros(shape);
          FloatBuffer rows = all.floats();
          parts.forEach(part -> rows.put(part.tensor().floats()));
          return all;
        });
  }
}
