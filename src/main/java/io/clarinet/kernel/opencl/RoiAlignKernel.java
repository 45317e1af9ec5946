package io.clarinet.kernel.opencl;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.Offer;
import io.clarinet.op.RoiAlign;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code opencl/cpu/roi_align.cl}: the items of the output are regions. */
public record RoiAlignKernel(RoiAlign op) implements PlaceByPlace {

  @Override
  public String name() {
    return "roi_align";
  }

  @Override
  public String twin() {
    return "roi_align_gpu";
  }

  @Override
  public Offer.@Nullable Decline declined(List<Fact> inputs, List<Fact> outputs) {
    return Declines.first(
        Declines.unlessFloats(inputs.subList(0, 2)), Declines.unlessFloats(outputs));
  }

  @Override
  public Arguments arguments(List<Fact> inputs, List<Fact> outputs) {
    Shape x = inputs.get(0).shape();
    return new Arguments()
        .input(0)
        .input(1)
        .input(2)
        .output()
        .ints(x.n(), x.c(), x.h(), x.w(), op.height(), op.width(), op.samples())
        .floats(op.scale())
        .ints(op.halfPixel() ? 1 : 0, op.largest() ? 1 : 0);
  }
}
