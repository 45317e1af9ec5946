package io.clarinet.kernel.gpu;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.opencl.AxisRows;
import io.clarinet.op.Hardmax;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import java.util.Map;

/** {@code opencl/gpu/hardmax_gpu.cl}: plain values, along any axis. */
record HardmaxGpu(Hardmax op) implements Kernel {
  /** Float operations of an element: two comparisons and their choices. */
  private static final double FLOPS = 8;

  @Override
  public String name() {
    return "hardmax_gpu";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = Declines.unlessFloats(inputs);
    if (declined != null) {
      return declined;
    }
    Shape x = inputs.get(0).shape();
    return new RowsGpu(name(), Map.of(), FLOPS, 8)
        .offer(AxisRows.of(x, op.extent(x), op.stride(x)), inputs, outputs, device);
  }
}
