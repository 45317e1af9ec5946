package io.clarinet.importer;

import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Deferred;
import io.clarinet.tensor.Shape;

/** Weights of a dense layer [out, in] that a file holds as a convolution's [out, c, h, w]. */
final class Flattened {
  private Flattened() {}

  /** Whether the one is the other, flattened or unfolded. */
  static boolean fits(Shape found, Shape wanted) {
    boolean ranks =
        (found.rank() == 4 && wanted.rank() == 2) || (found.rank() == 2 && wanted.rank() == 4);
    return ranks && found.dim(0) == wanted.dim(0) && found.size() == wanted.size();
  }

  static Constant of(Constant tensor, Shape wanted) {
    return new Deferred(tensor.type(), wanted, () -> tensor.tensor().reshaped(wanted));
  }
}
