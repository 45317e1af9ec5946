package io.clarinet.kernel.gpu;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.opencl.MaxUnpoolKernel;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import java.util.Map;

/** {@code opencl/gpu/max_unpool_gpu.cl}: a group a plane. */
record MaxUnpoolGpu(MaxUnpoolKernel twin) implements Kernel {
  /** Integer operations of a lane for each index that it looks at: division, and comparisons. */
  private static final double FLOPS = 40;

  @Override
  public String name() {
    return "max_unpool_gpu";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = twin.declined(inputs, outputs);
    if (declined != null) {
      return declined;
    }
    Shape x = inputs.get(0).shape();
    int lanes = GpuRange.lanes(device);
    double looked = (double) lanes * x.size(2, x.rank());
    GpuOffer offer = GpuOffer.plain(device, inputs, outputs).reading(2);
    return offer
        .launch(
            name(),
            GpuRange.defines(Map.of(), lanes),
            NdRange.groups(lanes, 1, x.c(), x.n()),
            twin.arguments(inputs, outputs),
            GroupWork.streaming(lanes, FLOPS * looked),
            offer.bytes())
        .accept();
  }
}
