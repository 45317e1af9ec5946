package io.clarinet.spark;

import io.clarinet.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A picture as a network takes it, or why there is none.
 *
 * @param input of one item
 */
record Prepared(@Nullable Tensor input, @Nullable String failure) {
  static Prepared failed(String failure) {
    return new Prepared(null, failure);
  }
}
