package io.clarinet.kernel.jvm;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.JvmKernel;
import io.clarinet.kernel.JvmKernel.Arguments;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.Work;
import io.clarinet.op.Interpolation;
import io.clarinet.op.Resize;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;

/** Images at another size, a row of a channel at a time, by tables of neighbours and weights. */
record ImageResizing(Resize op) implements Kernel {
  @Override
  public String name() {
    return "resize";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = Declines.unlessImages(List.of(inputs.get(0), outputs.get(0)));
    if (declined != null) {
      return declined;
    }
    if (op.coordinates() == Resize.Coordinates.CROP || !op.keeps(inputs, 0, 1)) {
      return new Offer.Decline("only for rows and columns, all of them");
    }
    Rows rows =
        new Rows(
            inputs.get(0).shape(),
            outputs.get(0).shape(),
            Taps.of(op.taps(inputs, 2)),
            Taps.of(op.taps(inputs, 3)));
    return new Offer.Accept(
        new Work.Jvm(rows),
        inputs.stream().map(input -> Layout.PLAIN).toList(),
        List.of(Layout.PLAIN),
        List.of(),
        List.of(),
        Offers.seconds(Layout.PLAIN, inputs, outputs, device));
  }

  /**
   * For each output coordinate its neighbours, from {@code first[i]} to {@code first[i + 1]}.
   *
   * @param index input coordinates
   */
  private record Taps(int[] first, int[] index, double[] weight) {
    static Taps of(List<List<Interpolation.Tap>> taps) {
      int[] first = new int[taps.size() + 1];
      for (int i = 0; i < taps.size(); i++) {
        first[i + 1] = first[i] + taps.get(i).size();
      }
      List<Interpolation.Tap> all = taps.stream().flatMap(List::stream).toList();
      return new Taps(
          first,
          all.stream().mapToInt(Interpolation.Tap::index).toArray(),
          all.stream().mapToDouble(Interpolation.Tap::weight).toArray());
    }
  }

  /** Each row of the output a task. */
  private record Rows(Shape x, Shape y, Taps rows, Taps columns) implements JvmKernel {

    @Override
    public void run(Arguments arguments) {
      arguments.parallel(
          y.n() * y.c() * y.h(),
          task -> row(arguments, task / (y.c() * y.h()), task / y.h() % y.c(), task % y.h()));
    }

    private void row(Arguments a, int n, int c, int h) {
      float[] in = a.input(0).data();
      float[] out = a.output(0).data();
      int plane = a.input(0).item(n) + c * x.h() * x.w();
      int to = a.output(0).item(n) + (c * y.h() + h) * y.w();
      for (int w = 0; w < y.w(); w++) {
        double sum = 0;
        for (int i = rows.first[h]; i < rows.first[h + 1]; i++) {
          sum += rows.weight[i] * along(in, plane + rows.index[i] * x.w(), w);
        }
        out[to + w] = (float) sum;
      }
    }

    private double along(float[] in, int row, int w) {
      double sum = 0;
      for (int i = columns.first[w]; i < columns.first[w + 1]; i++) {
        sum += columns.weight[i] * in[row + columns.index[i]];
      }
      return sum;
    }
  }
}
