package io.clarinet.kernel.opencl;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.op.LayerNorm;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;

/** {@code opencl/cpu/row_norm.cl}: a row is all axes from one on. */
record LayerNormKernel(LayerNorm op) implements Kernel {

  @Override
  public String name() {
    return "layer_norm";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Shape x = inputs.get(0).shape();
    int first = x.axis(op.axis());
    if (first == 0) {
      return new Offer.Decline("normalises the batch as one");
    }
    int length = Math.toIntExact(x.size(first, x.rank()));
    for (Fact factor : inputs.subList(1, inputs.size())) {
      if (factor.shape().size() != length && factor.shape().size() != 1) {
        return new Offer.Decline("scale or shift are not one for each element of a row");
      }
    }
    int rows = Math.toIntExact(x.size(1, first));
    return new RowNorm(rows, length, length, true, op.epsilon())
        .offer(name(), inputs, outputs, device);
  }
}
