package io.clarinet.kernel.opencl;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Lrn;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;

/**
 * {@code opencl/cpu/lrn.cl}: images in channel blocks, all channels of a run of pixels at a time.
 */
record LrnKernel(Lrn op) implements Kernel {
  /** Pixels of a run: {@code RUN} of {@code lrn.cl}. */
  private static final int RUN = 32;

  @Override
  public String name() {
    return "lrn";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = Declines.unlessImages(inputs);
    if (declined != null) {
      return declined;
    }
    Shape x = inputs.get(0).shape();
    int pixels = x.h() * x.w();
    return MemoryBound.blocked(device, inputs, outputs)
        .launch(
            name(),
            MemoryBound.block(device),
            NdRange.items(ceilDiv(pixels, RUN), 1, x.n()),
            new Arguments()
                .input(0)
                .output()
                .ints(x.c(), pixels, op.size())
                .floats(op.alpha(), op.beta(), op.bias()))
        .accept();
  }
}
