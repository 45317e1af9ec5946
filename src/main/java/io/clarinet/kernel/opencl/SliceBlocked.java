package io.clarinet.kernel.opencl;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Slice;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code opencl/cpu/slice.cl}: slices of images in channel blocks, the batch taken whole. */
public record SliceBlocked(Slice op) implements Kernel {

  @Override
  public String name() {
    return "slice";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = declined(inputs, outputs);
    if (declined != null) {
      return declined;
    }
    Shape y = outputs.get(0).shape();
    NdRange range = NdRange.items(y.h(), MemoryBound.blocks(y.c(), device), y.n());
    return MemoryBound.blocked(device, inputs, outputs)
        .launch(name(), MemoryBound.block(device), range, arguments(inputs, outputs))
        .accept(1);
  }

  /** Declines what takes some of the batch. */
  public Offer.@Nullable Decline declined(List<Fact> inputs, List<Fact> outputs) {
    Offer.Decline declined = Declines.unlessImages(List.of(inputs.get(0), outputs.get(0)));
    if (declined != null) {
      return declined;
    }
    Slice.Taken whole = new Slice.Taken(0, 1, inputs.get(0).shape().n());
    return op.taken(inputs).get(0).equals(whole)
        ? null
        : new Offer.Decline("takes some of the batch");
  }

  /** The arguments, which the twin for GPUs has too. */
  public Arguments arguments(List<Fact> inputs, List<Fact> outputs) {
    Shape x = inputs.get(0).shape();
    Shape y = outputs.get(0).shape();
    List<Slice.Taken> taken = op.taken(inputs);
    Arguments arguments = new Arguments().input(0).output().ints(y.c(), x.h(), x.w(), y.h(), y.w());
    taken.stream().skip(1).forEach(t -> arguments.ints(t.start()));
    taken.stream().skip(1).forEach(t -> arguments.ints(t.step()));
    return arguments;
  }
}
