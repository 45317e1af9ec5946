package io.clarinet.kernel.opencl;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Binary;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;

/** {@code opencl/cpu/residual_add.cl}: the sum of two images of one shape, then the activation. */
record ResidualAdd(Binary op) implements Kernel {
  @Override
  public String name() {
    return "residual_add";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = Declines.unlessImages(inputs);
    if (declined != null) {
      return declined;
    }
    Shape y = outputs.get(0).shape();
    boolean same = inputs.stream().allMatch(f -> f.shape().equals(y));
    if (op.kind() != Binary.Kind.ADD || !same) {
      return new Offer.Decline("only for sums of two values of one shape");
    }
    return MemoryBound.blocked(device, inputs, outputs)
        .launch(
            name(),
            EpilogueDefines.of(op, device.channelBlock()),
            MemoryBound.runs(y, device),
            new Arguments()
                .input(0)
                .input(1)
                .output()
                .ints(y.c(), y.h() * y.w())
                .floats(op.lo(), op.hi()))
        .accept();
  }
}
