package io.clarinet.kernel.opencl;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.tensor.Fact;
import java.util.List;

/**
 * An operator that takes plain elements in another order, and nothing else: strided copies, on CPU
 * devices by {@code opencl/cpu/transpose.cl}, on GPUs by its twins.
 */
public interface Rearrangement extends Kernel {

  /** A copy for each output, any of which may decline. */
  List<StridedCopy> copies(List<Fact> inputs, List<Fact> outputs);

  @Override
  default Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    MemoryBound offer = MemoryBound.plain(device, inputs, outputs);
    for (StridedCopy copy : copies(inputs, outputs)) {
      Offer.Decline declined = copy.declined();
      if (declined != null) {
        return declined;
      }
      offer.launch(copy.launch(device));
    }
    return offer.accept(1);
  }
}
