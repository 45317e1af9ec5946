package io.clarinet.kernel.opencl;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.IndexCheck;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.op.IndexWalk;
import io.clarinet.op.Indexed;
import io.clarinet.tensor.Fact;
import java.util.List;
import java.util.Map;

/** {@code opencl/cpu/pick_at.cl}: plain values, by indices that are known only at a run. */
public record PickAtKernel(Indexed op) implements Kernel {

  @Override
  public String name() {
    return "pick_at";
  }

  /** The way by the indices. */
  public IndexWalk walk(List<Fact> inputs) {
    return op.walk(inputs.get(0).shape(), inputs.get(1).shape());
  }

  /** The arguments of this kernel and its twin, up to the number of elements. */
  public static Arguments arguments(List<Fact> inputs, List<Fact> outputs) {
    return new Arguments()
        .input(0)
        .input(1)
        .packed(0)
        .output()
        .scratch(0)
        .ints(ReducedAxes.item(inputs.get(0).shape()), ReducedAxes.item(inputs.get(1).shape()))
        .ints(ReducedAxes.item(outputs.get(0).shape()), (int) outputs.get(0).shape().size());
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = RuntimeIndices.declined(inputs, outputs);
    if (declined != null) {
      return declined;
    }
    int elements = (int) outputs.get(0).shape().size();
    int run = MemoryBound.rows(elements, 1, device);
    return MemoryBound.plain(device, inputs, outputs)
        .packed(WalkTable.of(walk(inputs)))
        .scratch(IndexCheck.BYTES)
        .checked(RuntimeIndices.check(0, walk(inputs).tuple()))
        .launch(
            name(),
            RuntimeIndices.defines(Map.of(), inputs.get(1)),
            NdRange.items(ceilDiv(elements, run)),
            arguments(inputs, outputs).ints(run))
        .accept();
  }
}
