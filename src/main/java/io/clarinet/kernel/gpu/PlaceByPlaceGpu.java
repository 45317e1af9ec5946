package io.clarinet.kernel.gpu;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.opencl.PlaceByPlace;
import io.clarinet.tensor.Fact;
import java.util.List;

/** The twin of a kernel that makes its output place by place: a place a work-item. */
record PlaceByPlaceGpu(PlaceByPlace kernel) implements Kernel {

  @Override
  public String name() {
    return kernel.twin();
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = kernel.declined(inputs, outputs);
    if (declined != null) {
      return declined;
    }
    return GpuOffer.plain(device, inputs, outputs)
        .reading(kernel.read(inputs))
        .launch(
            name(),
            kernel.defines(),
            kernel.places(inputs, outputs),
            outputs.get(0).shape().n(),
            kernel.arguments(inputs, outputs))
        .accept();
  }
}
