package io.clarinet.kernel.gpu;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.opencl.Arguments;
import io.clarinet.kernel.opencl.ReducedAxes;
import io.clarinet.kernel.opencl.ScatterTable;
import io.clarinet.op.Scatter;
import io.clarinet.tensor.Fact;
import java.util.List;

/** {@code opencl/gpu/scatter_gpu.cl}: plain values, at known indices. */
record ScatterGpu(Scatter op) implements Kernel {

  @Override
  public String name() {
    return "scatter_gpu";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = ScatterTable.declined(op, inputs);
    if (declined != null) {
      return declined;
    }
    int elements = (int) inputs.get(0).shape().size();
    GpuOffer offer = GpuOffer.plain(device, inputs, outputs);
    return offer
        .packed(ScatterTable.of(op, inputs))
        .launch(
            name(),
            ScatterTable.defines(op),
            GpuRange.quads(elements),
            1,
            new Arguments()
                .input(0)
                .packed(0)
                .input(2)
                .output()
                .ints(ReducedAxes.item(inputs.get(0).shape()))
                .ints(ReducedAxes.item(inputs.get(2).shape()), elements),
            2 * offer.bytes())
        .accept();
  }
}
