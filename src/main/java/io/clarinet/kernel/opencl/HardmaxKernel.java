package io.clarinet.kernel.opencl;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Hardmax;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;

/** {@code opencl/cpu/hardmax.cl}: plain values, along any axis. */
record HardmaxKernel(Hardmax op) implements Kernel {

  @Override
  public String name() {
    return "hardmax";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = Declines.unlessFloats(inputs);
    if (declined != null) {
      return declined;
    }
    Shape x = inputs.get(0).shape();
    return new RowsLaunch(op.extent(x), op.stride(x))
        .offer(name(), MemoryBound.block(device), inputs, outputs, device);
  }
}
