package io.clarinet.importer;

import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Shape;
import io.clarinet.zoo.Weights;
import java.util.Map;
import java.util.Objects;

/**
 * A file's tensors as the weights of the architecture that they fit.
 *
 * @param tensors by the zoo's names
 */
record FileWeights(Map<String, Constant> tensors) implements Weights {

  @Override
  public Constant get(String name, Shape shape, Init init) {
    return Objects.requireNonNull(tensors.get(name), name);
  }

  @Override
  public boolean areTrained() {
    return true;
  }
}
