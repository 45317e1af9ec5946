package io.clarinet.kernel.opencl;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Binary;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code opencl/cpu/residual_add.cl}: the sum of two images of one shape, then the activation. */
public record ResidualAdd(Binary op) implements Kernel {
  @Override
  public String name() {
    return "residual_add";
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
            EpilogueDefines.of(op, device.channelBlock()),
            MemoryBound.runs(y, device),
            arguments(y))
        .accept();
  }

  /** Declines what is no sum of two values of one shape. */
  public Offer.@Nullable Decline declined(List<Fact> inputs, List<Fact> outputs) {
    Offer.Decline declined = Declines.unlessImages(inputs);
    if (declined != null) {
      return declined;
    }
    Shape y = outputs.get(0).shape();
    boolean same = inputs.stream().allMatch(f -> f.shape().equals(y));
    return op.kind() == Binary.Kind.ADD && same
        ? null
        : new Offer.Decline("only for sums of two values of one shape");
  }

  /** The arguments, which the twin for GPUs has too. */
  public Arguments arguments(Shape y) {
    return new Arguments()
        .input(0)
        .input(1)
        .output()
        .ints(y.c(), y.h() * y.w())
        .floats(op.lo(), op.hi());
  }
}
