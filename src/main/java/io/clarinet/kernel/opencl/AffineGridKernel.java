package io.clarinet.kernel.opencl;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.Offer;
import io.clarinet.op.AffineGrid;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code opencl/cpu/affine_grid.cl}. */
public record AffineGridKernel(AffineGrid op) implements PlaceByPlace {

  @Override
  public String name() {
    return "affine_grid";
  }

  @Override
  public String twin() {
    return "affine_grid_gpu";
  }

  @Override
  public Offer.@Nullable Decline declined(List<Fact> inputs, List<Fact> outputs) {
    return Declines.unlessFloats(List.of(inputs.get(0), outputs.get(0)));
  }

  @Override
  public int read(List<Fact> inputs) {
    return 1;
  }

  @Override
  public int places(List<Fact> inputs, List<Fact> outputs) {
    Shape y = outputs.get(0).shape();
    return (int) y.size(1, y.rank() - 1);
  }

  @Override
  public Arguments arguments(List<Fact> inputs, List<Fact> outputs) {
    Shape y = outputs.get(0).shape();
    int axes = y.dim(-1);
    return new Arguments()
        .input(0)
        .output()
        .ints(axes, axes == 3 ? y.dim(1) : 1, y.dim(-3), y.dim(-2), op.alignCorners() ? 1 : 0);
  }
}
