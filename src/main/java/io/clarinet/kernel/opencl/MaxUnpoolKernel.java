package io.clarinet.kernel.opencl;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.op.MaxUnpool;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code opencl/cpu/max_unpool.cl}: up to three spatial axes, a work-item a plane. */
public record MaxUnpoolKernel(MaxUnpool op) implements Kernel {

  @Override
  public String name() {
    return "max_unpool";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = declined(inputs, outputs);
    if (declined != null) {
      return declined;
    }
    Shape y = outputs.get(0).shape();
    return MemoryBound.plain(device, inputs, outputs)
        .launch(name(), Map.of(), NdRange.items(1, y.c(), y.n()), arguments(inputs, outputs))
        .accept(2);
  }

  /** Declines what the kernel and its twin for GPUs do not take. */
  public Offer.@Nullable Decline declined(List<Fact> inputs, List<Fact> outputs) {
    return Declines.first(
        ThreeAxes.declined(inputs.get(0).shape()),
        Declines.unlessFloats(List.of(inputs.get(0), outputs.get(0))));
  }

  /** The arguments, which the twin for GPUs has too. */
  public Arguments arguments(List<Fact> inputs, List<Fact> outputs) {
    Shape x = inputs.get(0).shape();
    return new Arguments()
        .input(0)
        .input(1)
        .output()
        .ints(x.c(), (int) x.size(2, x.rank()))
        .ints(ThreeAxes.of(op.pooled(x)))
        .ints(ThreeAxes.of(outputs.get(0).shape()));
  }
}
