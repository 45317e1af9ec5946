package io.clarinet.kernel.jvm;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.JvmKernel.Arguments;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.Offer;
import io.clarinet.op.AffineGrid;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;

/** Grids of affine maps. */
record AffineGrids(AffineGrid op) implements Kernel {

  @Override
  public String name() {
    return "affine_grid";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = Declines.unlessFloats(List.of(inputs.get(0), outputs.get(0)));
    if (declined != null) {
      return declined;
    }
    Shape y = outputs.get(0).shape();
    int places = (int) y.size(1, y.rank() - 1);
    PlaceWork work = new PlaceWork(y.n(), places, (a, item, place) -> make(a, y, item, place));
    List<Offer.Packed> size = List.of(new Offer.Packed(List.of(1), new NothingPacked()));
    return Offers.of(work, Layout.PLAIN, inputs, outputs, size, device);
  }

  private void make(Arguments a, Shape y, int item, int place) {
    int axes = y.dim(-1);
    for (int i = 0; i < axes; i++) {
      int row = a.input(0).item(item) + i * (axes + 1);
      float[] map = a.input(0).data();
      double sum = map[row + axes];
      int rest = place;
      for (int axis = 0; axis < axes; axis++) {
        int extent = y.dim(axes - axis);
        sum += map[row + axis] * op.centre(rest % extent, extent);
        rest /= extent;
      }
      a.output(0).data()[a.output(0).item(item) + place * axes + i] = (float) sum;
    }
  }
}
