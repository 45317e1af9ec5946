package io.clarinet.kernel.gpu;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.opencl.EpilogueDefines;
import io.clarinet.kernel.opencl.ResidualAdd;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;

/** {@code opencl/gpu/residual_add_gpu.cl}: the sum of two images of one shape, the activation. */
record ResidualAddGpu(ResidualAdd twin) implements Kernel {
  @Override
  public String name() {
    return "residual_add_gpu";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = twin.declined(inputs, outputs);
    if (declined != null) {
      return declined;
    }
    Shape y = outputs.get(0).shape();
    return GpuOffer.blocked(device, inputs, outputs)
        .launch(
            name(),
            EpilogueDefines.of(twin.op(), device.channelBlock()),
            GpuRange.blocks(y, device),
            y.n(),
            twin.arguments(y))
        .accept();
  }
}
