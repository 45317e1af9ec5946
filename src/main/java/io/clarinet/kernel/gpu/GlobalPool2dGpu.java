package io.clarinet.kernel.gpu;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.opencl.Arguments;
import io.clarinet.kernel.opencl.MemoryBound;
import io.clarinet.op.GlobalPool2d;
import io.clarinet.op.Pool2d;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import java.util.Map;

/**
 * {@code opencl/gpu/global_pool2d_gpu.cl}: all pixels of an image in channel blocks, a team a
 * block.
 */
record GlobalPool2dGpu(GlobalPool2d op) implements Kernel {
  /** Float operations of a block of a pixel, two a lane. */
  private static final double FLOPS = 8;

  @Override
  public String name() {
    return "global_pool2d_gpu";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = Declines.unlessImages(MemoryBound.all(inputs, outputs));
    return declined == null
        ? offer(op.kind(), GpuOffer.blocked(device, inputs, outputs), inputs, device)
        : declined;
  }

  static Offer offer(Pool2d.Kind kind, GpuOffer offer, List<Fact> inputs, DeviceProfile device) {
    Shape x = inputs.get(0).shape();
    int pixels = x.h() * x.w();
    int rows = x.n() * MemoryBound.blocks(x.c(), device);
    RowTeams teams = RowTeams.along(rows, pixels, device);
    return offer
        .launch(
            "global_pool2d_gpu",
            teams.defines(Map.of("C", "4", "POOL_MAX", kind == Pool2d.Kind.MAX ? "1" : "0")),
            teams.range(),
            new Arguments().input(0).output().ints(x.c(), pixels, rows),
            teams.work(FLOPS, 16),
            offer.bytes())
        .accept();
  }
}
