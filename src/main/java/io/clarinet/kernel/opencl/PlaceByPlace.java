package io.clarinet.kernel.opencl;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A kernel that makes the places of each item of its first output one by one, of plain values; and
 * its twin for GPUs, which takes the same arguments.
 */
public interface PlaceByPlace extends Kernel {
  /** Places of a work-item: {@code RUN} of {@code place_runs.clh}. */
  int RUN = 256;

  /** Name of the twin, whose work-items make one place each. */
  String twin();

  /** Declines what neither of the two takes, or null. */
  Offer.@Nullable Decline declined(List<Fact> inputs, List<Fact> outputs);

  /** Defines of both kernels. */
  default Map<String, String> defines() {
    return Map.of();
  }

  /** Inputs that lie in memory; the others are constants that the arguments hold. */
  default int read(List<Fact> inputs) {
    return inputs.size();
  }

  /** Places of one item: its elements, if they are made one by one. */
  default int places(List<Fact> inputs, List<Fact> outputs) {
    Shape y = outputs.get(0).shape();
    return (int) y.size(1, y.rank());
  }

  /** Arguments of both kernels. */
  Arguments arguments(List<Fact> inputs, List<Fact> outputs);

  @Override
  default Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = declined(inputs, outputs);
    if (declined != null) {
      return declined;
    }
    int runs = ceilDiv(places(inputs, outputs), RUN);
    return MemoryBound.plain(device, inputs, outputs)
        .launch(
            name(),
            defines(),
            NdRange.items(runs, 1, outputs.get(0).shape().n()),
            arguments(inputs, outputs))
        .accept(read(inputs));
  }
}
