package io.clarinet.kernel.gpu;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.opencl.Arguments;
import io.clarinet.kernel.opencl.CastForm;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;

/** {@code opencl/gpu/cast_gpu.cl}: plain values of any type. */
record CastGpu() implements Kernel {
  @Override
  public String name() {
    return "cast_gpu";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    CastForm form = CastForm.of(inputs.get(0), outputs.get(0));
    Offer.Decline declined = Declines.first(Declines.unlessCounted(inputs), form.declined());
    if (declined != null) {
      return declined;
    }
    Shape x = inputs.get(0).shape();
    return GpuOffer.plain(device, inputs, outputs)
        .launch(
            name(),
            form.defines(),
            GpuRange.quads(x.size()),
            1,
            new Arguments().input(0).output().ints((int) x.size(), GpuRange.item(x)))
        .accept();
  }
}
