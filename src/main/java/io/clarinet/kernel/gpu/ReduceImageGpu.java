package io.clarinet.kernel.gpu;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.opencl.PooledPixels;
import io.clarinet.op.Reduce;
import io.clarinet.tensor.Fact;
import java.util.List;

/**
 * {@code opencl/gpu/global_pool2d_gpu.cl}: means and maxima over all pixels of an image in blocks.
 */
record ReduceImageGpu(Reduce op) implements Kernel {

  @Override
  public String name() {
    return "reduce_image_gpu";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = PooledPixels.declined(op, inputs, outputs);
    if (declined != null) {
      return declined;
    }
    GpuOffer offer = GpuOffer.blocked(device, inputs, outputs).reading(1);
    return GlobalPool2dGpu.offer(PooledPixels.kind(op), offer, inputs, device);
  }
}
