package io.clarinet.op;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Tensor;
import java.util.List;
import java.util.Objects;

/** The bound within which results of known inputs are computed: see {@link Op#settled}. */
final class Settling {
  /** Most elements of inputs times elements of outputs. */
  static final long MOST = 1 << 18;

  private Settling() {}

  static long elements(List<Fact> facts) {
    return facts.stream().mapToLong(f -> f.shape().size()).reduce(0, Math::addExact);
  }

  static List<Tensor> tensors(List<Fact> facts) {
    return facts.stream().map(f -> Objects.requireNonNull(f.constant()).tensor()).toList();
  }
}
