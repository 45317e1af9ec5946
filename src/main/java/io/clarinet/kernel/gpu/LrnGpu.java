package io.clarinet.kernel.gpu;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.opencl.Arguments;
import io.clarinet.kernel.opencl.MemoryBound;
import io.clarinet.op.Lrn;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import java.util.Map;

/** {@code opencl/gpu/lrn_gpu.cl}: images in channel blocks, a work-item a block of a pixel. */
record LrnGpu(Lrn op) implements Kernel {
  /** Of a work-item, as compilers for NVIDIA have it. */
  private static final int REGISTERS = 56;

  /** Float operations of a block that a window reaches, and of the power and the quotient. */
  private static final double REACHED = 64;

  private static final double SCALED = 160;

  @Override
  public String name() {
    return "lrn_gpu";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = Declines.unlessImages(inputs);
    if (declined != null) {
      return declined;
    }
    Shape x = inputs.get(0).shape();
    int pixels = x.h() * x.w();
    long items = (long) MemoryBound.blocks(x.c(), device) * pixels;
    int lanes = GpuRange.lanes(items * x.n(), device);
    double flops = lanes * (SCALED + REACHED * ceilDiv(op.size() + 6, device.channelBlock()));
    GpuOffer offer = GpuOffer.blocked(device, inputs, outputs);
    return offer
        .launch(
            name(),
            GpuRange.defines(Map.of(), lanes),
            GpuRange.range(items, x.n(), lanes),
            new Arguments()
                .input(0)
                .output()
                .ints(x.c(), pixels, op.size())
                .floats(op.alpha(), op.beta(), op.bias()),
            new GroupWork(lanes, flops, REGISTERS, 1, 0),
            offer.bytes())
        .accept();
  }
}
