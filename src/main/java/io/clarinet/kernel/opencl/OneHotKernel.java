package io.clarinet.kernel.opencl;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.op.OneHot;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code opencl/cpu/one_hot.cl}: plain values, of indices that are floats. */
public record OneHotKernel(OneHot op) implements Kernel {
  /** From here on a float has not every index. */
  private static final int MAX_DEPTH = 1 << 24;

  @Override
  public String name() {
    return "one_hot";
  }

  /** Declines what neither this kernel nor its twin takes. */
  public static Offer.@Nullable Decline declined(List<Fact> inputs, List<Fact> outputs) {
    Offer.Decline declined =
        Declines.unlessFloats(List.of(inputs.get(0), inputs.get(2), outputs.get(0)));
    return declined == null && OneHot.depth(inputs) > MAX_DEPTH
        ? new Offer.Decline("a float has not every index below " + OneHot.depth(inputs))
        : declined;
  }

  /** The arguments of this kernel and its twin, up to the number of elements. */
  public Arguments arguments(List<Fact> inputs, List<Fact> outputs) {
    Shape x = inputs.get(0).shape();
    Shape y = outputs.get(0).shape();
    int inner = (int) x.size(op.axis(x), x.rank());
    return new Arguments()
        .input(0)
        .input(2)
        .output()
        .ints(OneHot.depth(inputs), inner)
        .ints(ReducedAxes.item(x), ReducedAxes.item(y), (int) y.size());
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = declined(inputs, outputs);
    if (declined != null) {
      return declined;
    }
    int elements = (int) outputs.get(0).shape().size();
    int run = MemoryBound.rows(elements, 1, device);
    return MemoryBound.plain(device, inputs, outputs)
        .launch(
            name(),
            Map.of(),
            NdRange.items(ceilDiv(elements, run)),
            arguments(inputs, outputs).ints(run))
        .accept();
  }
}
