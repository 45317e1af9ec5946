package io.clarinet.kernel.gpu;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.opencl.OneHotKernel;
import io.clarinet.op.OneHot;
import io.clarinet.tensor.Fact;
import java.util.List;
import java.util.Map;

/** {@code opencl/gpu/one_hot_gpu.cl}: plain values, of indices that are floats. */
record OneHotGpu(OneHotKernel twin) implements Kernel {

  static OneHotGpu of(OneHot op) {
    return new OneHotGpu(new OneHotKernel(op));
  }

  @Override
  public String name() {
    return "one_hot_gpu";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = OneHotKernel.declined(inputs, outputs);
    if (declined != null) {
      return declined;
    }
    return GpuOffer.plain(device, inputs, outputs)
        .launch(
            name(),
            Map.of(),
            GpuRange.quads(outputs.get(0).shape().size()),
            1,
            twin.arguments(inputs, outputs))
        .accept();
  }
}
