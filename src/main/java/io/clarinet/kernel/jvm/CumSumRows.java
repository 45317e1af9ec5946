package io.clarinet.kernel.jvm;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.JvmKernel;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.Offer;
import io.clarinet.op.CumSum;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;

/** Running sums of plain values, one row a task. */
record CumSumRows(CumSum op) implements Kernel {

  @Override
  public String name() {
    return "cumsum";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = PlainRows.declined(outputs);
    if (declined != null) {
      return declined;
    }
    Shape x = inputs.get(0).shape();
    int axis = op.axis(inputs);
    PlainRows rows = PlainRows.of(x, x.dim(axis), x.size(axis + 1, x.rank()));
    return Offers.of(
        new Running(op, rows), Layout.PLAIN, inputs, outputs, List.of(NothingPacked.of(1)), device);
  }

  private record Running(CumSum op, PlainRows rows) implements JvmKernel {

    @Override
    public void run(Arguments arguments) {
      arguments.parallel(rows.count(), row -> row(arguments.input(0), arguments.output(0), row));
    }

    private void row(View x, View y, int row) {
      double sum = 0;
      for (int k = 0; k < rows.extent(); k++) {
        int i = op.reverse() ? rows.extent() - 1 - k : k;
        double with = sum + x.data()[rows.at(x, row, i)];
        y.data()[rows.at(y, row, i)] = (float) (op.exclusive() ? sum : with);
        sum = with;
      }
    }
  }
}
