package io.clarinet.kernel.opencl;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Reduce;
import io.clarinet.tensor.Fact;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code opencl/cpu/reduce.cl}: plain values, along neighbouring axes and, or, the batch. */
record ReduceKernel(Reduce op) implements Kernel {

  @Override
  public String name() {
    return "reduce";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = ReducedAxes.declined(op, inputs, outputs);
    if (declined != null) {
      return declined;
    }
    ReducedAxes axes = ReducedAxes.of(op, inputs);
    Map<String, String> defines = new HashMap<>(MemoryBound.block(device));
    defines.putAll(op.kind().expressions());
    return MemoryBound.plain(device, inputs, outputs)
        .launch(
            name(),
            defines,
            NdRange.items(ceilDiv(axes.inner(), device.channelBlock()), axes.outer(), axes.kept()),
            new Arguments()
                .input(0)
                .output()
                .ints(axes.axis(), axes.inner(), axes.items())
                .ints(ReducedAxes.item(outputs.get(0).shape())))
        .accept(1);
  }
}
