package io.clarinet.kernel.gpu;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.opencl.PadKernel;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import java.util.Map;

/** {@code opencl/gpu/pad_gpu.cl}: padding and cropping of images in channel blocks. */
record PadGpu(PadKernel twin) implements Kernel {

  @Override
  public String name() {
    return "pad_gpu";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = twin.declined(inputs, outputs);
    if (declined != null) {
      return declined;
    }
    Shape y = outputs.get(0).shape();
    return GpuOffer.blocked(device, inputs, outputs)
        .reading(1)
        .launch(
            name(), Map.of(), GpuRange.blocks(y, device), y.n(), twin.arguments(inputs, outputs))
        .accept();
  }
}
