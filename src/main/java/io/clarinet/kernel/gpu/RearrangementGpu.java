package io.clarinet.kernel.gpu;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.opencl.Arguments;
import io.clarinet.kernel.opencl.OpenClKernels;
import io.clarinet.kernel.opencl.Rearrangement;
import io.clarinet.kernel.opencl.SixAxes;
import io.clarinet.kernel.opencl.StridedCopy;
import io.clarinet.op.Op;
import io.clarinet.tensor.Fact;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * {@code opencl/gpu/transpose_gpu.cl}: plain elements in another order, four a work-item. Stores
 * are of neighbours, loads where the order leaves them so.
 */
record RearrangementGpu(Rearrangement twin) implements Kernel {

  /** Of a work-item: the places of four elements, of several axes each. */
  private static final double FLOPS = 4 * 64;

  /** The kernels for GPUs of an operator that only rearranges. */
  static List<Kernel> of(Op op) {
    return OpenClKernels.table().of(op).stream()
        .filter(Rearrangement.class::isInstance)
        .map(Rearrangement.class::cast)
        .<Kernel>flatMap(twin -> Stream.of(new RearrangementGpu(twin), new TransposeTile(twin)))
        .toList();
  }

  @Override
  public String name() {
    return twin.name() + "_gpu";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    GpuOffer offer = GpuOffer.plain(device, inputs, outputs).reading(1);
    for (StridedCopy copy : twin.copies(inputs, outputs)) {
      Offer.Decline declined = copy.declined();
      if (declined != null) {
        return declined;
      }
      SixStrides walk = SixStrides.of(copy);
      Fact y = outputs.get(copy.output());
      int lanes = GpuRange.lanes(GpuRange.quads(y.shape().size()), device);
      offer.launch(
          "transpose_gpu",
          GpuRange.defines(Map.of(), lanes),
          GpuRange.range(GpuRange.quads(y.shape().size()), 1, lanes),
          new Arguments()
              .input(0)
              .output(copy.output())
              .ints((int) y.shape().size())
              .ints(SixAxes.inner(walk.extents()))
              .ints(copy.start(), copy.firstItem(), copy.outer())
              .ints(walk.strides(0)),
          work(walk.waste(0), lanes),
          bytes(inputs.get(0), y, walk.waste(0), device));
    }
    return offer.accept();
  }

  private static GroupWork work(double waste, int lanes) {
    double bytes = 16.0 * lanes;
    return GroupWork.streaming(lanes, FLOPS * lanes).cached((waste + 1) * bytes);
  }

  /** What neighbours do not use comes again for others, from memory where no cache holds x. */
  private static double bytes(Fact x, Fact y, double waste, DeviceProfile device) {
    boolean again = new GpuCost(device).uncached(GpuOffer.bytes(x)) > 0;
    return (1 + (again ? waste : 1)) * GpuOffer.bytes(y);
  }
}
