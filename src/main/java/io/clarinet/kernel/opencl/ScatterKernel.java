package io.clarinet.kernel.opencl;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Scatter;
import io.clarinet.tensor.Fact;
import java.util.List;

/** {@code opencl/cpu/scatter.cl}: plain values, at known indices. */
record ScatterKernel(Scatter op) implements Kernel {

  @Override
  public String name() {
    return "scatter";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = ScatterTable.declined(op, inputs);
    if (declined != null) {
      return declined;
    }
    int elements = (int) inputs.get(0).shape().size();
    int run = MemoryBound.rows(elements, 1, device);
    return MemoryBound.plain(device, inputs, outputs)
        .packed(ScatterTable.of(op, inputs))
        .launch(
            name(),
            ScatterTable.defines(op),
            NdRange.items(ceilDiv(elements, run)),
            new Arguments()
                .input(0)
                .packed(0)
                .input(2)
                .output()
                .ints(ReducedAxes.item(inputs.get(0).shape()))
                .ints(ReducedAxes.item(inputs.get(2).shape()), elements, run))
        .accept();
  }
}
