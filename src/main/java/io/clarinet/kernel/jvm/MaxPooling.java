package io.clarinet.kernel.jvm;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.JvmKernel.Arguments;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.Offer;
import io.clarinet.op.PoolNd;
import io.clarinet.op.Window2d;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import java.util.stream.IntStream;

/** The largest element under a window of any number of axes, and its index in the whole input. */
record MaxPooling(PoolNd op) implements Kernel {

  @Override
  public String name() {
    return "max_pool";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    if (op.kind() != PoolNd.Kind.MAX || op.indices() == PoolNd.Indices.NONE) {
      return new Offer.Decline("only for maxima with their indices");
    }
    Offer.Decline declined = Declines.unlessFloats(List.of(inputs.get(0), outputs.get(0)));
    if (declined != null) {
      return declined;
    }
    Shape x = inputs.get(0).shape();
    Shape y = outputs.get(0).shape();
    List<Window2d> axes =
        IntStream.range(0, op.window().axes())
            .mapToObj(axis -> op.window().rows(axis, x.dim(axis + 2)))
            .toList();
    boolean columns = op.indices() == PoolNd.Indices.COLUMN_MAJOR;
    Largest largest = new Largest(axes, op.window().taps(), columns, x, y);
    PlaceWork work = new PlaceWork(y.n(), (int) y.size(1, y.rank()), largest);
    return Offers.of(work, Layout.PLAIN, inputs, outputs, List.of(), device);
  }

  /**
   * @param axes each as the rows of a window
   * @param columns whether indices count with the first spatial axis innermost
   */
  private record Largest(List<Window2d> axes, int taps, boolean columns, Shape x, Shape y)
      implements PlaceWork.Place {

    @Override
    public void make(Arguments a, int item, int place) {
      int windows = (int) y.size(2, y.rank());
      int plane = (int) x.size(2, x.rank());
      int channel = place / windows;
      float[] from = a.input(0).data();
      int start = a.input(0).item(item) + channel * plane;
      float most = Float.NEGATIVE_INFINITY;
      int best = -1;
      for (int tap = 0; tap < taps; tap++) {
        int at = at(place % windows, tap);
        float v = at < 0 ? most : from[start + at];
        if (at >= 0 && (best < 0 || v > most || (Float.isNaN(v) && !Float.isNaN(most)))) {
          most = v;
          best = at;
        }
      }
      a.output(0).data()[a.output(0).item(item) + place] = most;
      long first = ((long) item * x.c() + channel) * plane;
      long index = first + (columns ? turned(best) : best);
      ElementBits.put(a.output(1).data(), a.output(1).item(item) + place, index);
    }

    /** Where in a plane of x an element of a window lies; -1 outside of it. */
    private int at(int window, int tap) {
      int w = window;
      int k = tap;
      int at = 0;
      int stride = 1;
      for (int i = axes.size() - 1; i >= 0; i--) {
        Window2d rows = axes.get(i);
        int windows = y.dim(i + 2);
        int extent = x.dim(i + 2);
        int own = w % windows * rows.strideH() + k % rows.kernelH() * rows.dilationH();
        int row = own - rows.padding().top();
        if (row < 0 || row >= extent) {
          return -1;
        }
        at += row * stride;
        stride *= extent;
        w /= windows;
        k /= rows.kernelH();
      }
      return at;
    }

    private long turned(int at) {
      int rest = at;
      long turned = 0;
      for (int axis = x.rank() - 1; axis >= 2; axis--) {
        turned += rest % x.dim(axis) * x.size(2, axis);
        rest /= x.dim(axis);
      }
      return turned;
    }
  }
}
