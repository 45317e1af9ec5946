package io.clarinet.importer.safetensors;

import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Shape;
import io.clarinet.zoo.Weights;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A file's tensors as the weights of an architecture, by name. */
final class FileWeights implements Weights {
  /** A counter that PyTorch stores beside each batch norm, of no use in inference. */
  private static final String COUNTER = ".num_batches_tracked";

  private final Map<String, Constant> tensors;
  private final Set<String> unread;

  FileWeights(Map<String, Constant> tensors) {
    this.tensors = tensors;
    this.unread = new HashSet<>(tensors.keySet());
    unread.removeIf(name -> name.endsWith(COUNTER));
  }

  @Override
  public Constant get(String name, Shape shape, Init init) {
    Constant tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("there is no tensor \"" + name + "\"");
    }
    if (!tensor.shape().equals(shape)) {
      throw new IllegalArgumentException(
          "tensor \"" + name + "\" has shape " + tensor.shape() + " instead of " + shape);
    }
    unread.remove(name);
    return tensor;
  }

  @Override
  public boolean areTrained() {
    return true;
  }

  /** Whether every tensor of the file has been asked for. */
  boolean allRead() {
    return unread.isEmpty();
  }
}
