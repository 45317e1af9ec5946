package io.clarinet.kernel.gpu;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.opencl.Arguments;
import io.clarinet.kernel.opencl.RowNorm;
import io.clarinet.tensor.Fact;
import java.util.List;
import java.util.Map;

/** Puts together the offer of {@code opencl/gpu/row_norm_gpu.cl}. */
record RowNormGpu(RowNorm norm) {
  /** Float operations of an element: two sums of two, and what is made of it. */
  private static final double FLOPS = 16;

  Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    boolean statistics = outputs.size() > 1;
    int rows = norm.rows() * inputs.get(0).shape().dim(0);
    RowTeams teams = RowTeams.along(rows, norm.length(), device);
    Arguments arguments = new Arguments().input(0).output().packed(0).packed(1);
    if (statistics) {
      arguments.output(1).output(2);
    }
    arguments.ints(norm.length(), norm.run(), norm.step(), norm.rows(), rows);
    GpuOffer offer = GpuOffer.plain(device, inputs, outputs).reading(1);
    return offer
        .packed(norm.scales())
        .packed(norm.shifts(inputs))
        .launch(
            "row_norm_gpu",
            teams.defines(Map.of("STATISTICS", statistics ? "1" : "0")),
            teams.range(),
            arguments.floats(norm.epsilon()),
            teams.work(FLOPS, 8),
            offer.bytes())
        .accept();
  }
}
