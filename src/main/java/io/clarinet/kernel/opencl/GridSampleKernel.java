package io.clarinet.kernel.opencl;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.Offer;
import io.clarinet.op.GridSample;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code opencl/cpu/grid_sample.cl}: images and volumes. */
public record GridSampleKernel(GridSample op) implements PlaceByPlace {

  @Override
  public String name() {
    return "grid_sample";
  }

  @Override
  public String twin() {
    return "grid_sample_gpu";
  }

  @Override
  public Offer.@Nullable Decline declined(List<Fact> inputs, List<Fact> outputs) {
    int rank = inputs.get(0).shape().rank();
    Offer.Decline other =
        rank == 4 || rank == 5 ? null : new Offer.Decline("only for images and volumes");
    return Declines.first(other, Declines.unlessFloats(inputs), Declines.unlessFloats(outputs));
  }

  @Override
  public int places(List<Fact> inputs, List<Fact> outputs) {
    Shape y = outputs.get(0).shape();
    return (int) y.size(2, y.rank());
  }

  @Override
  public Arguments arguments(List<Fact> inputs, List<Fact> outputs) {
    Shape x = inputs.get(0).shape();
    int axes = x.rank() - 2;
    return new Arguments()
        .input(0)
        .input(1)
        .output()
        .ints(x.c(), axes, axes == 3 ? x.dim(2) : 1, x.dim(-2), x.dim(-1))
        .ints(places(inputs, outputs), mode(), outside(), op.alignCorners() ? 1 : 0);
  }

  private int mode() {
    return switch (op.mode()) {
      case NEAREST -> 0;
      case LINEAR -> 1;
      case CUBIC -> 2;
    };
  }

  private int outside() {
    return switch (op.outside()) {
      case ZEROS -> 0;
      case BORDER -> 1;
      case REFLECTION -> 2;
    };
  }
}
