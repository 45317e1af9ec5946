package io.clarinet.kernel.jvm;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.JvmKernel.Arguments;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.Work;
import io.clarinet.op.GridSample;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;

/** Images and volumes at the places of a grid. */
record GridSampling(GridSample op) implements Kernel {
  /** Neighbours of a place along an axis, at most. */
  private static final int TAPS = 4;

  @Override
  public String name() {
    return "grid_sample";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Shape x = inputs.get(0).shape();
    if (x.rank() != 4 && x.rank() != 5) {
      return new Offer.Decline("only for images and volumes");
    }
    Offer.Decline declined =
        Declines.first(Declines.unlessFloats(inputs), Declines.unlessFloats(outputs));
    if (declined != null) {
      return declined;
    }
    Sampling sampling = new Sampling(op, x, (int) outputs.get(0).shape().size(2, x.rank()));
    return new Offer.Accept(
        new Work.Jvm(new PlaceWork(x.n(), sampling.places(), sampling)),
        List.of(Layout.PLAIN, Layout.PLAIN),
        List.of(Layout.PLAIN),
        List.of(),
        List.of(4L * device.limits().computeUnits() * Sampling.SCRATCH),
        Offers.seconds(Layout.PLAIN, inputs, outputs, device));
  }

  /**
   * @param places of an item
   */
  private record Sampling(GridSample op, Shape x, int places) implements PlaceWork.Place {
    /** For each of three axes the neighbours and their weights. */
    static final int SCRATCH = 3 * 2 * TAPS;

    @Override
    public void make(Arguments a, int item, int place) {
      float[] taps = a.scratch(0).data();
      int own = a.scratch(0).offset() + a.worker() * SCRATCH;
      for (int axis = 0; axis < axes(); axis++) {
        int at = a.input(1).item(item) + place * axes() + axis;
        find(a.input(1).data()[at], x.dim(-1 - axis), taps, own + axis * 2 * TAPS);
      }
      sample(a, item, place, taps, own);
    }

    private int axes() {
      return x.rank() - 2;
    }

    /** Lays down neighbours, -1 for zeros, and their weights. */
    private void find(float coordinate, int extent, float[] taps, int to) {
      double at = op.place(coordinate, extent);
      double base = Math.floor(at);
      for (int i = op.firstTap(); i <= op.lastTap(); i++) {
        int next = to + 2 * (i - op.firstTap());
        taps[next] = op.pixel(base + i, extent);
        taps[next + 1] = (float) op.weight(Math.abs(i - (at - base)));
      }
    }

    private void sample(Arguments a, int item, int place, float[] taps, int own) {
      int plane = (int) x.size(2, x.rank());
      for (int c = 0; c < x.c(); c++) {
        int start = a.input(0).item(item) + c * plane;
        float[] data = a.input(0).data();
        a.output(0).data()[a.output(0).item(item) + c * places + place] =
            (float) sum(data, start, 0, taps, own, axes() - 1);
      }
    }

    /**
     * The weighted sum of the neighbours along an axis and those inside of it.
     *
     * @param before elements of the plane before, in units of the axes from this one on
     */
    private double sum(float[] data, int start, int before, float[] taps, int own, int axis) {
      double sum = 0;
      for (int i = 0; i <= op.lastTap() - op.firstTap(); i++) {
        int tap = own + axis * 2 * TAPS + 2 * i;
        if (taps[tap] >= 0) {
          int at = before * x.dim(-1 - axis) + (int) taps[tap];
          double v = axis == 0 ? data[start + at] : sum(data, start, at, taps, own, axis - 1);
          sum += v * taps[tap + 1];
        }
      }
      return sum;
    }
  }
}
