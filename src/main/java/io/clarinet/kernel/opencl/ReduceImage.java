package io.clarinet.kernel.opencl;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Pool2d;
import io.clarinet.op.Reduce;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import java.util.Set;

/** {@code opencl/cpu/global_pool2d.cl}: means and maxima over all pixels of an image in blocks. */
record ReduceImage(Reduce op) implements Kernel {

  @Override
  public String name() {
    return "reduce_image";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Shape x = inputs.get(0).shape();
    boolean pooled = op.kind() == Reduce.Kind.MEAN || op.kind() == Reduce.Kind.MAX;
    if (!pooled || !op.keep() || !op.reduced(inputs).equals(Set.of(2, 3))) {
      return new Offer.Decline("only for means and maxima over pixels that keep their axes");
    }
    Offer.Decline declined = Declines.unlessImages(List.of(inputs.get(0), outputs.get(0)));
    if (declined != null) {
      return declined;
    }
    Pool2d.Kind kind = op.kind() == Reduce.Kind.MAX ? Pool2d.Kind.MAX : Pool2d.Kind.AVERAGE;
    return MemoryBound.blocked(device, inputs, outputs)
        .launch(
            "global_pool2d",
            Pool2dKernel.defines(kind, device),
            NdRange.items(MemoryBound.blocks(x.c(), device), x.n()),
            new Arguments().input(0).output().ints(x.c(), x.h() * x.w()))
        .accept(1);
  }
}
