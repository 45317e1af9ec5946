package io.clarinet.kernel.gpu;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.opencl.ResizeKernel;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import java.util.Map;

/** {@code opencl/gpu/resize_gpu.cl}: images in channel blocks by tables of neighbours. */
record ResizeGpu(ResizeKernel twin) implements Kernel {
  private static final int REGISTERS = 56;

  @Override
  public String name() {
    return "resize_gpu";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = twin.declined(inputs, outputs);
    if (declined != null) {
      return declined;
    }
    Shape y = outputs.get(0).shape();
    ResizeKernel.Taps rows = twin.taps(inputs, 2);
    ResizeKernel.Taps columns = twin.taps(inputs, 3);
    long vectors = GpuRange.blocks(y, device);
    int lanes = GpuRange.lanes(vectors * y.n(), device);
    NdRange range = GpuRange.range(vectors, y.n(), lanes);
    double loads = (double) rows.most() * columns.most() * lanes;
    double flops = 2.0 * device.channelBlock() * loads;
    GpuOffer offer = GpuOffer.blocked(device, inputs, outputs).reading(1);
    return offer
        .packed(new Offer.Packed(List.of(), rows))
        .packed(new Offer.Packed(List.of(), columns))
        .launch(
            name(),
            GpuRange.defines(Map.of(), lanes),
            range,
            twin.arguments(inputs.get(0).shape(), y, rows, columns),
            new GroupWork(lanes, flops, REGISTERS, 1, 0)
                .cached(4.0 * device.channelBlock() * loads)
                .steps(1 + rows.most()),
            offer.bytes())
        .accept();
  }
}
