package io.clarinet.kernel.jvm;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.JvmKernel.Arguments;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Col2Im;
import io.clarinet.op.WindowNd;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;

/** The sum of blocks where they overlap in an image, of any number of axes. */
record BlockSums(Col2Im op) implements Kernel {

  @Override
  public String name() {
    return "col2im";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = Declines.unlessFloats(List.of(inputs.get(0), outputs.get(0)));
    if (declined != null) {
      return declined;
    }
    Shape y = outputs.get(0).shape();
    WindowNd window = op.window(inputs);
    Sums sums = new Sums(window, op.blocks(window, y), y);
    PlaceWork work = new PlaceWork(y.n(), (int) y.size(1, y.rank()), sums);
    List<Offer.Packed> shapes =
        List.of(
            new Offer.Packed(List.of(1), new NothingPacked()),
            new Offer.Packed(List.of(2), new NothingPacked()));
    return Offers.of(work, Layout.PLAIN, inputs, outputs, shapes, device);
  }

  private record Sums(WindowNd window, Shape blocks, Shape y) implements PlaceWork.Place {

    @Override
    public void make(Arguments a, int item, int place) {
      int image = (int) y.size(2, y.rank());
      int count = (int) blocks.size(2, blocks.rank());
      int taps = window.taps();
      int start = a.input(0).item(item) + place / image * taps * count;
      double sum = 0;
      for (int tap = 0; tap < taps; tap++) {
        int block = block(place % image, tap);
        sum += block < 0 ? 0 : a.input(0).data()[start + tap * count + block];
      }
      a.output(0).data()[a.output(0).item(item) + place] = (float) sum;
    }

    /** The block whose element {@code tap} lies at a pixel, or -1. */
    private int block(int pixel, int tap) {
      int at = pixel;
      int k = tap;
      int block = 0;
      int stride = 1;
      for (int axis = window.axes() - 1; axis >= 0; axis--) {
        int extent = y.dim(axis + 2);
        int kernel = window.kernel().get(axis);
        int reach = k % kernel * window.dilations().get(axis) - window.pads().get(axis);
        int from = at % extent - reach;
        int own = from / window.strides().get(axis);
        int all = blocks.dim(axis + 2);
        if (from < 0 || own * window.strides().get(axis) != from || own >= all) {
          return -1;
        }
        block += own * stride;
        stride *= all;
        at /= extent;
        k /= kernel;
      }
      return block;
    }
  }
}
