package io.clarinet.kernel.gpu;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.Reorder;
import io.clarinet.kernel.opencl.Arguments;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import java.util.Map;

/** {@code opencl/gpu/reorder_to_blocked_gpu.cl} and {@code opencl/gpu/reorder_to_plain_gpu.cl}. */
record ReorderGpu(Reorder reorder) implements Kernel {
  @Override
  public String name() {
    return reorder.to().isBlocked() ? "reorder_to_blocked_gpu" : "reorder_to_plain_gpu";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Fact x = inputs.get(0);
    if (x.type() != ElementType.FLOAT32) {
      return new Offer.Decline("blocks hold float32, not " + x.type());
    }
    Layout blocks = reorder.to().isBlocked() ? reorder.to() : reorder.from();
    if (!blocks.equals(device.blocked())) {
      return new Offer.Decline("only for " + device.blocked() + ", not " + blocks);
    }
    Shape shape = x.shape();
    return GpuOffer.reorder(device, inputs, reorder)
        .launch(
            name(),
            Map.of(),
            GpuRange.blocks(shape, device),
            shape.n(),
            new Arguments().input(0).output().ints(shape.c(), shape.h() * shape.w()))
        .accept();
  }
}
