package io.clarinet.importer;

import io.clarinet.tensor.Constant;
import io.clarinet.tensor.Deferred;
import io.clarinet.tensor.Shape;

/**
 * Weights of a dense layer [out, in] that a file holds as a convolution's [out, c, h, w], and
 * factors of channels [c] that it holds as [c, 1, 1], or the other way round.
 */
final class Flattened {
  private Flattened() {}

  /** Whether the one is the other, flattened or unfolded. */
  static boolean fits(Shape found, Shape wanted) {
    boolean product =
        (found.rank() == 4 && wanted.rank() == 2) || (found.rank() == 2 && wanted.rank() == 4);
    boolean factors =
        (found.rank() == 1 && wanted.rank() == 3) || (found.rank() == 3 && wanted.rank() == 1);
    return (product || factors) && found.dim(0) == wanted.dim(0) && found.size() == wanted.size();
  }

  static Constant of(Constant tensor, Shape wanted) {
    return new Deferred(tensor.type(), wanted, () -> tensor.tensor().reshaped(wanted));
  }
}
