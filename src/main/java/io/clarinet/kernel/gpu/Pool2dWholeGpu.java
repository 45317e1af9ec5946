package io.clarinet.kernel.gpu;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.opencl.MemoryBound;
import io.clarinet.op.Padding;
import io.clarinet.op.Pool2d;
import io.clarinet.op.Window2d;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;

/** {@code opencl/gpu/global_pool2d_gpu.cl}: a window that is the whole image. */
record Pool2dWholeGpu(Pool2d op) implements Kernel {

  @Override
  public String name() {
    return "pool2d_whole_gpu";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = Declines.unlessImages(MemoryBound.all(inputs, outputs));
    if (declined != null) {
      return declined;
    }
    Shape x = inputs.get(0).shape();
    Shape y = outputs.get(0).shape();
    Window2d window = op.window().resolved(x.h(), x.w());
    boolean whole =
        window.equals(
            new Window2d(x.h(), x.w(), window.strideH(), window.strideW(), 1, 1, Padding.NONE));
    return whole && y.h() == 1 && y.w() == 1
        ? GlobalPool2dGpu.offer(
            op.kind(), GpuOffer.blocked(device, inputs, outputs), inputs, device)
        : new Offer.Decline("only for a window that is the whole image");
  }
}
