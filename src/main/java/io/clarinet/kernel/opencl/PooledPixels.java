package io.clarinet.kernel.opencl;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Pool2d;
import io.clarinet.op.Reduce;
import io.clarinet.tensor.Fact;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reductions that are a global pooling. */
public final class PooledPixels {
  private PooledPixels() {}

  /** Declines what is no mean or maximum over all pixels of an image. */
  public static Offer.@Nullable Decline declined(Reduce op, List<Fact> inputs, List<Fact> outputs) {
    boolean pooled = op.kind() == Reduce.Kind.MEAN || op.kind() == Reduce.Kind.MAX;
    if (!pooled || !op.keep() || !op.reduced(inputs).equals(Set.of(2, 3))) {
      return new Offer.Decline("only for means and maxima over pixels that keep their axes");
    }
    return Declines.unlessImages(List.of(inputs.get(0), outputs.get(0)));
  }

  /** How a reduction that is not declined pools. */
  public static Pool2d.Kind kind(Reduce op) {
    return op.kind() == Reduce.Kind.MAX ? Pool2d.Kind.MAX : Pool2d.Kind.AVERAGE;
  }
}
