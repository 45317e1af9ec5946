package io.clarinet.kernel.opencl;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.op.CumSum;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;

/** {@code opencl/cpu/cumsum.cl}: plain values, along any axis. */
public record CumSumKernel(CumSum op) implements Kernel {

  @Override
  public String name() {
    return "cumsum";
  }

  /** The scalars that say which way sums run, for the twin too. */
  public int[] kind() {
    return new int[] {op.exclusive() ? 1 : 0, op.reverse() ? 1 : 0};
  }

  /** The rows that sums run along, for the twin too. */
  public AxisRows rows(List<Fact> inputs) {
    Shape x = inputs.get(0).shape();
    int axis = op.axis(inputs);
    return AxisRows.of(x, x.dim(axis), x.size(axis + 1, x.rank()));
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = Declines.unlessFloats(outputs);
    if (declined != null) {
      return declined;
    }
    AxisRows rows = rows(inputs);
    return new RowsLaunch(rows.length(), rows.inner())
        .offer(name(), MemoryBound.block(device), inputs, outputs, device, kind());
  }
}
