package io.clarinet.kernel.opencl;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.Packing;
import io.clarinet.op.Picking;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** For each element of y the one of x that it is, -1 for zero, as {@code pick.cl} reads it. */
public record PickTable(Picking op, Shape x, Shape y) implements Packing {

  /** Declines values that are no floats, and what is picked by indices that are not known. */
  public static Offer.@Nullable Decline declined(
      Picking op, List<Fact> inputs, List<Fact> outputs) {
    Offer.Decline declined = Declines.unlessFloats(List.of(inputs.get(0), outputs.get(0)));
    if (declined != null) {
      return declined;
    }
    if (!inputs.stream().skip(1).allMatch(Fact::isConstant)) {
      return new Offer.Decline("the indices must be constants");
    }
    try {
      op.sources(inputs);
      return null;
    } catch (IllegalArgumentException e) {
      return new Offer.Decline(String.valueOf(e.getMessage()));
    }
  }

  /** The table for an operator's values, packed from its inputs but the first. */
  public static Offer.Packed of(Picking op, List<Fact> inputs, List<Fact> outputs) {
    return new Offer.Packed(
        IntStream.range(1, inputs.size()).boxed().toList(),
        new PickTable(op, inputs.get(0).shape(), outputs.get(0).shape()));
  }

  @Override
  public long bytes() {
    return y.size() * Integer.BYTES;
  }

  @Override
  public void pack(List<Tensor> sources, ByteBuffer packed) {
    List<Fact> inputs = new ArrayList<>(List.of(Fact.of(x)));
    sources.forEach(source -> inputs.add(Fact.of(source)));
    packed.asIntBuffer().put(op.table(inputs, y));
  }
}
