package io.clarinet.kernel.opencl;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.Packing;
import io.clarinet.op.Scatter;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The updates that meet each element of x, in their order, as {@code scatter.clh} reads them. */
public record ScatterTable(Scatter op, Shape x, Shape updates) implements Packing {

  /** Declines values that are no floats, and places that are not known. */
  public static Offer.@Nullable Decline declined(Scatter op, List<Fact> inputs) {
    Offer.Decline declined = Declines.unlessFloats(List.of(inputs.get(0), inputs.get(2)));
    if (declined != null) {
      return declined;
    }
    if (!inputs.get(1).isConstant()) {
      return new Offer.Decline("the indices must be constants");
    }
    try {
      op.targets(inputs);
      return null;
    } catch (IllegalArgumentException e) {
      return new Offer.Decline(String.valueOf(e.getMessage()));
    }
  }

  /** The table for an operator's values, packed from its indices. */
  public static Offer.Packed of(Scatter op, List<Fact> inputs) {
    return Offer.Packed.of(1, new ScatterTable(op, inputs.get(0).shape(), inputs.get(2).shape()));
  }

  /** The defines of {@code scatter.clh}. */
  public static Map<String, String> defines(Scatter op) {
    return Map.of(
        "JOIN(so, v)", op.join().expression(), "SUM", op.join() == Scatter.Join.ADD ? "1" : "0");
  }

  @Override
  public long bytes() {
    return (x.size() + 1 + updates.size()) * Integer.BYTES;
  }

  @Override
  public void pack(List<Tensor> sources, ByteBuffer packed) {
    List<Fact> inputs = List.of(Fact.of(x), Fact.of(sources.get(0)), Fact.of(updates));
    packed.asIntBuffer().put(op.table(inputs));
  }
}
