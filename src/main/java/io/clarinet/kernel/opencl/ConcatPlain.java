package io.clarinet.kernel.opencl;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Concat;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;

/** {@code opencl/cpu/concat_plain.cl}: plain values joined along any axis, one by one. */
record ConcatPlain(Concat op) implements Kernel {
  /** Floats of a run: {@code RUN} of {@code concat_plain.cl}. */
  private static final int RUN = 4096;

  @Override
  public String name() {
    return "concat_plain";
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
    int inner = (int) y.size(axis + 1, y.rank());
    MemoryBound offer = MemoryBound.plain(device, inputs, outputs);
    int start = 0;
    for (int i = 0; i < inputs.size(); i++) {
      Shape x = inputs.get(i).shape();
      int run = alongBatch ? inner : x.dim(axis) * inner;
      offer.launch(
          name(),
          MemoryBound.block(device),
          NdRange.items(
              ceilDiv(run, RUN),
              alongBatch ? 1 : y.size(Math.min(1, axis), axis),
              y.rank() > 1 ? x.n() : 1),
          new Arguments()
              .input(i)
              .output()
              .ints(run, alongBatch ? inner : y.dim(axis) * inner)
              .ints(alongBatch ? 0 : start * inner, alongBatch ? start : 0));
      start += x.dim(axis);
    }
    return offer.accept();
  }
}
