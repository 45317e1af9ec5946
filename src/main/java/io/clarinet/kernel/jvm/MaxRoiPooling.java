package io.clarinet.kernel.jvm;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.JvmKernel.Arguments;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.Offer;
import io.clarinet.op.MaxRoiPool;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;

/** The largest pixel of each cell of regions; the items of the output are regions. */
record MaxRoiPooling(MaxRoiPool op) implements Kernel {

  @Override
  public String name() {
    return "max_roi_pool";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined =
        Declines.first(Declines.unlessFloats(inputs), Declines.unlessFloats(outputs));
    if (declined != null) {
      return declined;
    }
    Shape y = outputs.get(0).shape();
    Cells cells = new Cells(op, inputs.get(0).shape());
    PlaceWork work = new PlaceWork(y.n(), (int) y.size(1, 4), cells);
    return Offers.of(work, Layout.PLAIN, inputs, outputs, List.of(), device);
  }

  /**
   * @param x shape of the images
   */
  private record Cells(MaxRoiPool op, Shape x) implements PlaceWork.Place {

    @Override
    public void make(Arguments a, int region, int place) {
      float[] edges = a.input(1).data();
      int at = a.input(1).item(region);
      float[] y = a.output(0).data();
      int to = a.output(0).item(region) + place;
      if (!(edges[at] >= 0 && edges[at] < x.n())) {
        y[to] = Float.NaN;
        return;
      }
      int row = place / op.width() % op.height();
      MaxRoiPool.Pixels rows = op.pixels(edges[at + 2], edges[at + 4], row, op.height(), x.h());
      MaxRoiPool.Pixels columns =
          op.pixels(edges[at + 1], edges[at + 3], place % op.width(), op.width(), x.w());
      int channel = place / (op.width() * op.height());
      int start = a.input(0).item((int) edges[at]) + channel * x.h() * x.w();
      y[to] = largest(a.input(0).data(), start, rows, columns);
    }

    private float largest(
        float[] data, int start, MaxRoiPool.Pixels rows, MaxRoiPool.Pixels columns) {
      if (rows.first() >= rows.end() || columns.first() >= columns.end()) {
        return 0;
      }
      float largest = Float.NEGATIVE_INFINITY;
      for (int i = rows.first(); i < rows.end(); i++) {
        for (int j = columns.first(); j < columns.end(); j++) {
          largest = Math.max(largest, data[start + i * x.w() + j]);
        }
      }
      return largest;
    }
  }
}
