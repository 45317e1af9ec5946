package io.clarinet.kernel.jvm;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.JvmKernel.View;
import io.clarinet.kernel.Offer;
import io.clarinet.op.IndexWalk;
import io.clarinet.op.Picking;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Plain indices of 32 or 64 bits that are known only at a run, and where tuples of them lead.
 *
 * @param tuple the axes that the indices of a tuple name
 */
record IndexElements(boolean wide, PlainElements elements, List<IndexWalk.Named> tuple) {

  /** Of an operator's second input. */
  static IndexElements of(Fact indices, List<IndexWalk.Named> tuple) {
    return new IndexElements(
        indices.type() == ElementType.INT64, PlainElements.of(indices.shape()), tuple);
  }

  /** Declines values that are no floats, and indices that are known, for which there are tables. */
  static Offer.@Nullable Decline declined(List<Fact> inputs, List<Fact> outputs) {
    List<Fact> values = new ArrayList<>(inputs);
    Fact indices = values.remove(1);
    values.addAll(outputs);
    return indices.isConstant()
        ? new Offer.Decline("only for indices that are no constants")
        : Declines.first(Declines.unlessFloats(values), Declines.unlessCounted(List.of(indices)));
  }

  /**
   * Where a tuple leads, whose first index is the {@code first} of all.
   *
   * @throws IllegalArgumentException if one of them is outside of its axis
   */
  int place(View indices, int first) {
    long place = 0;
    for (int k = 0; k < tuple.size(); k++) {
      IndexWalk.Named named = tuple.get(k);
      int at = elements.at(indices, first + k);
      long index =
          wide ? ElementBits.get(indices.data(), at) : Float.floatToRawIntBits(indices.data()[at]);
      place += Picking.within(index, named.extent()) * named.step();
    }
    return (int) place;
  }
}
