package io.clarinet.kernel.jvm;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.JvmKernel.Arguments;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.Offer;
import io.clarinet.op.RoiAlign;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;

/** Cells of regions of images, from samples between pixels; the items of the output are regions. */
record RoiAligning(RoiAlign op) implements Kernel {

  @Override
  public String name() {
    return "roi_align";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined =
        Declines.first(Declines.unlessFloats(inputs.subList(0, 2)), Declines.unlessFloats(outputs));
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
  private record Cells(RoiAlign op, Shape x) implements PlaceWork.Place {

    @Override
    public void make(Arguments a, int region, int place) {
      long image = ElementBits.get(a.input(2).data(), a.input(2).item(region));
      float[] y = a.output(0).data();
      int to = a.output(0).item(region) + place;
      if (image < 0 || image >= x.n()) {
        y[to] = Float.NaN;
        return;
      }
      int channel = place / (op.width() * op.height());
      int start = a.input(0).item((int) image) + channel * x.h() * x.w();
      float[] edges = a.input(1).data();
      int at = a.input(1).item(region);
      RoiAlign.Cells rows = op.cells(edges[at + 1], edges[at + 3], op.height());
      RoiAlign.Cells columns = op.cells(edges[at], edges[at + 2], op.width());
      int row = place / op.width() % op.height();
      int column = place % op.width();
      y[to] = (float) cell(a.input(0).data(), start, rows, row, columns, column);
    }

    private double cell(
        float[] data, int start, RoiAlign.Cells rows, int row, RoiAlign.Cells columns, int column) {
      double result = op.largest() ? Double.NEGATIVE_INFINITY : 0;
      int count = Math.max(0, rows.samples()) * Math.max(0, columns.samples());
      for (int i = 0; i < count; i++) {
        double y = rows.place(row, i / columns.samples());
        double z = columns.place(column, i % columns.samples());
        boolean inside = y >= -1 && y <= x.h() && z >= -1 && z <= x.w();
        for (int corner = 0; corner < 4; corner++) {
          double share =
              inside ? share(data, start, clamped(y, x.h()), clamped(z, x.w()), corner) : 0;
          result = op.largest() ? Math.max(result, share) : result + share;
        }
      }
      return count == 0 ? 0 : op.largest() ? result : result / count;
    }

    private static double clamped(double at, int extent) {
      return Math.max(0, Math.min(extent - 1, at));
    }

    /** The weighted value of one of the four pixels around a place. */
    private double share(float[] data, int start, double y, double z, int corner) {
      int top = (int) y;
      int left = (int) z;
      double down = y - top;
      double right = z - left;
      boolean lower = corner >= 2;
      boolean after = corner % 2 == 1;
      int row = lower ? Math.min(x.h() - 1, top + 1) : top;
      int column = after ? Math.min(x.w() - 1, left + 1) : left;
      double weight = (lower ? down : 1 - down) * (after ? right : 1 - right);
      return weight * data[start + row * x.w() + column];
    }
  }
}
