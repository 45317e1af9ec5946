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
      offer.launch(
          "transpose_gpu",
          Map.of(),
          GpuRange.quads(y.shape().size()),
          1,
          new Arguments()
              .input(0)
              .output(copy.output())
              .ints((int) y.shape().size())
              .ints(SixAxes.inner(walk.extents()))
              .ints(copy.start(), copy.firstItem(), copy.outer())
              .ints(walk.strides(0)),
          (1 + walk.waste(0)) * GpuOffer.bytes(y));
    }
    return offer.accept();
  }
}
