package io.clarinet.kernel.gpu;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.opencl.BinaryBlocked;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;

/** {@code opencl/gpu/binary_blocked_gpu.cl}: a function of two images in channel blocks. */
record BinaryBlockedGpu(BinaryBlocked twin) implements Kernel {
  @Override
  public String name() {
    return "binary_blocked_gpu";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = BinaryBlocked.declined(inputs, outputs);
    if (declined != null) {
      return declined;
    }
    Shape y = outputs.get(0).shape();
    GpuOffer offer = GpuOffer.blocked(device, inputs, outputs);
    twin.packed(inputs, device).forEach(offer::packed);
    return offer
        .launch(
            name(),
            twin.defines(device),
            GpuRange.blocks(y, device),
            y.n(),
            twin.arguments(inputs, outputs, device))
        .accept();
  }
}
