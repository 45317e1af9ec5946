package io.clarinet.kernel.opencl;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Launch;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.tensor.Fact;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts together the offer of {@code opencl/cpu/row_norm.cl}. */
record RowNormLaunch(RowNorm norm) {

  Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    boolean statistics = outputs.size() > 1;
    Map<String, String> defines = new HashMap<>(MemoryBound.block(device));
    defines.put("STATISTICS", statistics ? "1" : "0");
    Arguments arguments = new Arguments().input(0).output().packed(0).packed(1);
    if (statistics) {
      arguments.output(1).output(2);
    }
    arguments.ints(norm.length(), norm.run(), norm.step()).floats(norm.epsilon());
    NdRange range = NdRange.items(norm.rows(), inputs.get(0).shape().dim(0));
    return MemoryBound.plain(device, inputs, outputs)
        .packed(norm.scales())
        .packed(norm.shifts(inputs))
        .launch(new Launch("row_norm", defines, range, arguments.list()))
        .accept(1);
  }
}
