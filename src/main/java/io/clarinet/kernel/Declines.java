package io.clarinet.kernel;

import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks that most kernels make of values, each null where it holds. */
public final class Declines {
  private Declines() {}

  /** Declines values that cannot lie in channel blocks. */
  public static Offer.@Nullable Decline unlessImages(List<Fact> facts) {
    for (Fact fact : facts) {
      if (fact.shape().rank() != 4) {
        return new Offer.Decline("only images have blocks, not " + fact.shape());
      }
    }
    return unlessFloats(facts);
  }

  /** Declines values that are no float32, have no elements, or more than a kernel counts. */
  public static Offer.@Nullable Decline unlessFloats(List<Fact> facts) {
    for (Fact fact : facts) {
      if (fact.type() != ElementType.FLOAT32) {
        return new Offer.Decline("computes float32 only, not " + fact.type());
      }
    }
    return unlessCounted(facts);
  }

  /** Declines values that have no elements, or more than a kernel counts. */
  public static Offer.@Nullable Decline unlessCounted(List<Fact> facts) {
    for (Fact fact : facts) {
      if (fact.shape().size() == 0 || fact.shape().size() > Integer.MAX_VALUE) {
        return new Offer.Decline(fact.shape() + " has no elements, or too many");
      }
    }
    return null;
  }

  /**
   * Declines a layer whose values are no floats or whose weights and bias, inputs 1 to {@code
   * residual} - 1, are not known in advance.
   */
  public static Offer.@Nullable Decline unlessLayer(List<Fact> inputs, int residual) {
    return first(unlessFloats(inputs), unlessPackable(inputs.subList(1, residual)));
  }

  /** {@link #unlessLayer} for weights that may be of half precision. */
  public static Offer.@Nullable Decline unlessLayerOfHalves(List<Fact> inputs, int residual) {
    List<Fact> floats = new ArrayList<>(inputs);
    if (inputs.get(1).type() == ElementType.FLOAT16) {
      floats.remove(1);
    }
    return first(unlessFloats(floats), unlessPackable(inputs.subList(1, residual)));
  }

  /** Declines weights and biases that are not known in advance. */
  public static Offer.@Nullable Decline unlessPackable(List<Fact> weightsAndBias) {
    return weightsAndBias.stream().allMatch(Fact::isConstant)
        ? null
        : new Offer.Decline("weights and bias must be constants to be packed");
  }

  /** The first of several that declines. */
  public static Offer.@Nullable Decline first(Offer.@Nullable Decline... each) {
    for (Offer.Decline declined : each) {
      if (declined != null) {
        return declined;
      }
    }
    return null;
  }
}
