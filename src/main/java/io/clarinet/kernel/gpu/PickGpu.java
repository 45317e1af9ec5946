package io.clarinet.kernel.gpu;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.opencl.Arguments;
import io.clarinet.kernel.opencl.PickTable;
import io.clarinet.kernel.opencl.ReducedAxes;
import io.clarinet.op.Picking;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import java.util.Map;

/** {@code opencl/gpu/pick_gpu.cl}: plain values, by known indices of any order. */
record PickGpu(Picking op) implements Kernel {

  @Override
  public String name() {
    return "pick_gpu";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = PickTable.declined(op, inputs, outputs);
    if (declined != null) {
      return declined;
    }
    Shape x = inputs.get(0).shape();
    Shape y = outputs.get(0).shape();
    return GpuOffer.plain(device, inputs, outputs)
        .reading(1)
        .packed(PickTable.of(op, inputs, outputs))
        .launch(
            name(),
            Map.of(),
            GpuRange.quads(y.size()),
            1,
            new Arguments()
                .input(0)
                .packed(0)
                .output()
                .ints(ReducedAxes.item(x), ReducedAxes.item(y), (int) y.size()),
            3 * GpuOffer.bytes(outputs.get(0)))
        .accept();
  }
}
