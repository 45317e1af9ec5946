package io.clarinet.kernel.opencl;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.Offer;
import io.clarinet.op.MaxRoiPool;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code opencl/cpu/max_roi_pool.cl}: the items of the output are regions. */
public record MaxRoiPoolKernel(MaxRoiPool op) implements PlaceByPlace {

  @Override
  public String name() {
    return "max_roi_pool";
  }

  @Override
  public String twin() {
    return "max_roi_pool_gpu";
  }

  @Override
  public Offer.@Nullable Decline declined(List<Fact> inputs, List<Fact> outputs) {
    return Declines.first(Declines.unlessFloats(inputs), Declines.unlessFloats(outputs));
  }

  @Override
  public Arguments arguments(List<Fact> inputs, List<Fact> outputs) {
    Shape x = inputs.get(0).shape();
    return new Arguments()
        .input(0)
        .input(1)
        .output()
        .ints(x.n(), x.c(), x.h(), x.w(), op.height(), op.width())
        .floats(op.scale());
  }
}
