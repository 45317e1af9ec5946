package io.clarinet.kernel.opencl;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Pad;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code opencl/cpu/pad.cl}: padding and cropping of images in channel blocks. */
public record PadKernel(Pad op) implements Kernel {

  @Override
  public String name() {
    return "pad";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = declined(inputs, outputs);
    if (declined != null) {
      return declined;
    }
    Shape y = outputs.get(0).shape();
    return MemoryBound.blocked(device, inputs, outputs)
        .launch(
            name(),
            MemoryBound.block(device),
            NdRange.items(y.h(), MemoryBound.blocks(y.c(), device), y.n()),
            arguments(inputs, outputs))
        .accept(1);
  }

  /** Declines what pads the batch. */
  public Offer.@Nullable Decline declined(List<Fact> inputs, List<Fact> outputs) {
    Offer.Decline declined = Declines.unlessImages(List.of(inputs.get(0), outputs.get(0)));
    if (declined != null) {
      return declined;
    }
    int[] pads = op.pads(inputs);
    return pads[0] == 0 && pads[4] == 0 ? null : new Offer.Decline("pads the batch");
  }

  /** The arguments, which the twin for GPUs has too. */
  public Arguments arguments(List<Fact> inputs, List<Fact> outputs) {
    Shape x = inputs.get(0).shape();
    Shape y = outputs.get(0).shape();
    int[] pads = op.pads(inputs);
    return new Arguments()
        .input(0)
        .output()
        .ints(x.c(), x.h(), x.w(), y.c(), y.h(), y.w())
        .ints(pads[1], pads[2], pads[3], mode())
        .floats((float) op.value(inputs));
  }

  /** The number that the kernel gives a mode. */
  private int mode() {
    return switch (op.mode()) {
      case CONSTANT -> 0;
      case REFLECT -> 1;
      case EDGE -> 2;
      case WRAP -> 3;
    };
  }
}
