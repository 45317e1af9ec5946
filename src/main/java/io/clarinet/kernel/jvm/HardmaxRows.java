package io.clarinet.kernel.jvm;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.JvmKernel;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Hardmax;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;

/** Hardmax of plain values, one row a task. */
record HardmaxRows(Hardmax op) implements Kernel {

  @Override
  public String name() {
    return "hardmax";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = PlainRows.declined(inputs);
    if (declined != null) {
      return declined;
    }
    Shape x = inputs.get(0).shape();
    Marking work = new Marking(PlainRows.of(x, op.extent(x), op.stride(x)));
    return Offers.of(work, Layout.PLAIN, inputs, outputs, List.of(), device);
  }

  private record Marking(PlainRows rows) implements JvmKernel {

    @Override
    public void run(Arguments arguments) {
      arguments.parallel(rows.count(), row -> mark(arguments.input(0), arguments.output(0), row));
    }

    private void mark(View x, View y, int row) {
      int best = 0;
      for (int k = 0; k < rows.extent(); k++) {
        boolean larger = x.data()[rows.at(x, row, k)] > x.data()[rows.at(x, row, best)];
        best = larger ? k : best;
        y.data()[rows.at(y, row, k)] = 0;
      }
      y.data()[rows.at(y, row, best)] = 1;
    }
  }
}
