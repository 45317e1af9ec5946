package io.clarinet.kernel.gpu;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.opencl.AxisRows;
import io.clarinet.op.Softmax;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import java.util.Map;

/** {@code opencl/gpu/softmax_gpu.cl}: plain values, along any axis. */
record SoftmaxGpu(Softmax op) implements Kernel {
  /** Float operations of an element: two exponentials. */
  private static final double FLOPS = 40;

  @Override
  public String name() {
    return "softmax_gpu";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = Declines.unlessFloats(inputs);
    if (declined != null) {
      return declined;
    }
    Shape x = inputs.get(0).shape();
    return new RowsGpu(name(), Map.of("LOG_SOFTMAX", op.log() ? "1" : "0"), FLOPS, 4)
        .offer(AxisRows.of(x, op.extent(x), op.stride(x)), inputs, outputs, device);
  }
}
