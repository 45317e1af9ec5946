package io.clarinet.kernel.opencl;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Picking;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import java.util.Map;

/** {@code opencl/cpu/pick.cl}: plain values, by known indices of any order. */
record PickKernel(Picking op) implements Kernel {

  @Override
  public String name() {
    return "pick";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = PickTable.declined(op, inputs, outputs);
    if (declined != null) {
      return declined;
    }
    Shape x = inputs.get(0).shape();
    Shape y = outputs.get(0).shape();
    int elements = (int) y.size();
    int run = MemoryBound.rows(elements, 1, device);
    return MemoryBound.plain(device, inputs, outputs)
        .packed(PickTable.of(op, inputs, outputs))
        .launch(
            name(),
            Map.of(),
            NdRange.items(ceilDiv(elements, run)),
            new Arguments()
                .input(0)
                .packed(0)
                .output()
                .ints(ReducedAxes.item(x), ReducedAxes.item(y), elements, run))
        .accept(1);
  }
}
