package io.clarinet.kernel.opencl;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.IndexCheck;
import io.clarinet.kernel.Offer;
import io.clarinet.op.IndexWalk;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What kernels that read indices at a run have in common; the indices are the second input. */
public final class RuntimeIndices {
  private RuntimeIndices() {}

  /** Declines values that are no floats, and indices that are known, which are packed instead. */
  public static Offer.@Nullable Decline declined(List<Fact> inputs, List<Fact> outputs) {
    List<Fact> values = new ArrayList<>(inputs);
    Fact indices = values.remove(1);
    values.addAll(outputs);
    if (indices.isConstant()) {
      return new Offer.Decline("only for indices that are no constants");
    }
    return Declines.first(Declines.unlessFloats(values), Declines.unlessCounted(List.of(indices)));
  }

  /** The define {@code INDEX} beside these. */
  public static Map<String, String> defines(Map<String, String> own, Fact indices) {
    Map<String, String> all = new HashMap<>(own);
    all.put("INDEX", indices.type() == ElementType.INT64 ? "long" : "int");
    return all;
  }

  /** The check of a tuple's indices, told in a scratch region. */
  public static IndexCheck check(int region, List<IndexWalk.Named> tuple) {
    return new IndexCheck(region, tuple.stream().map(IndexWalk.Named::extent).toList());
  }
}
