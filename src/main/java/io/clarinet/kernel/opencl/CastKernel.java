package io.clarinet.kernel.opencl;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;

/** {@code opencl/cpu/cast.cl}: plain values of any type. */
record CastKernel() implements Kernel {
  /** Elements of a work-item: {@code RUN} of the kernel. */
  private static final int RUN = 4096;

  @Override
  public String name() {
    return "cast";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    CastForm form = CastForm.of(inputs.get(0), outputs.get(0));
    Offer.Decline declined = Declines.first(Declines.unlessCounted(inputs), form.declined());
    if (declined != null) {
      return declined;
    }
    Shape x = inputs.get(0).shape();
    int items = x.rank() < 2 ? 1 : x.n();
    int elements = (int) (x.size() / items);
    return MemoryBound.plain(device, inputs, outputs)
        .launch(
            name(),
            form.defines(),
            NdRange.items(ceilDiv(elements, RUN), 1, items),
            new Arguments().input(0).output().ints(elements))
        .accept();
  }
}
