package io.clarinet.kernel.gpu;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.opencl.Arguments;
import io.clarinet.kernel.opencl.AxisRows;
import io.clarinet.kernel.opencl.CumSumKernel;
import io.clarinet.op.CumSum;
import io.clarinet.tensor.Fact;
import java.util.List;
import java.util.Map;

/** {@code opencl/gpu/cumsum_gpu.cl}: plain values, along any axis, a row a work-item. */
record CumSumGpu(CumSumKernel twin) implements Kernel {
  /** Float operations of an element: an addition, and what it rounds off. */
  private static final double FLOPS = 8;

  static CumSumGpu of(CumSum op) {
    return new CumSumGpu(new CumSumKernel(op));
  }

  @Override
  public String name() {
    return "cumsum_gpu";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = Declines.unlessFloats(outputs);
    if (declined != null) {
      return declined;
    }
    AxisRows rows = twin.rows(inputs);
    int lanes = GpuRange.lanes(rows.count(), device);
    GpuOffer offer = GpuOffer.plain(device, inputs, outputs).reading(1);
    return offer
        .launch(
            name(),
            GpuRange.defines(Map.of(), lanes),
            GpuRange.range(rows.count(), 1, lanes),
            new Arguments()
                .input(0)
                .output()
                .ints(rows.length(), rows.inner())
                .ints(rows.alongBatch() ? rows.item() : rows.item() / rows.length(), rows.count())
                .ints(rows.alongBatch() ? 1 : 0)
                .ints(twin.kind()),
            GroupWork.streaming(lanes, FLOPS * rows.length() * lanes),
            offer.bytes())
        .accept();
  }
}
