package io.clarinet.kernel.gpu;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.opencl.Arguments;
import io.clarinet.op.Concat;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import java.util.Map;

/** {@code opencl/gpu/concat_plain_gpu.cl}: plain values joined along any axis, one by one. */
record ConcatPlainGpu(Concat op) implements Kernel {
  @Override
  public String name() {
    return "concat_plain_gpu";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = Declines.unlessFloats(inputs);
    if (declined != null) {
      return declined;
    }
    Shape y = outputs.get(0).shape();
    int axis = y.axis(op.axis());
    boolean alongBatch = axis == 0 && y.rank() > 1;
    int outer = alongBatch ? 1 : (int) y.size(Math.min(1, axis), axis);
    int inner = (int) y.size(axis + 1, y.rank());
    GpuOffer offer = GpuOffer.plain(device, inputs, outputs);
    int start = 0;
    for (int i = 0; i < inputs.size(); i++) {
      Shape x = inputs.get(i).shape();
      offer.launch(
          name(),
          Map.of(),
          GpuRange.quads(x.size()),
          1,
          new Arguments()
              .input(i)
              .output()
              .ints((int) x.size(), outer, alongBatch ? inner : x.dim(axis) * inner)
              .ints(alongBatch ? inner : y.dim(axis) * inner)
              .ints(alongBatch ? 0 : start * inner, alongBatch ? start : 0),
          2 * GpuOffer.bytes(inputs.get(i)));
      start += x.dim(axis);
    }
    return offer.accept();
  }
}
