package io.clarinet.kernel.opencl;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Reduce;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code opencl/cpu/reduce.cl}: plain values, along neighbouring axes and, or, the batch. */
record ReduceKernel(Reduce op) implements Kernel {

  @Override
  public String name() {
    return "reduce";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = Declines.unlessFloats(List.of(inputs.get(0), outputs.get(0)));
    if (declined != null) {
      return declined;
    }
    Shape x = inputs.get(0).shape();
    Set<Integer> reduced = op.reduced(inputs);
    int first = next(x, reduced, 1, true);
    int end = next(x, reduced, first, false);
    if (next(x, reduced, end, true) < x.rank()) {
      return new Offer.Decline("the axes are not neighbours");
    }
    if (x.rank() == 0) {
      return new Offer.Decline("a scalar has no axes");
    }
    int items = reduced.contains(0) ? x.dim(0) : 1;
    int outer = Math.toIntExact(x.size(1, Math.max(1, first)));
    int axis = Math.toIntExact(x.size(Math.max(1, first), Math.max(1, end)));
    int inner = Math.toIntExact(x.size(Math.max(1, end), x.rank()));
    return offer(inputs, outputs, outer, axis, inner, items, device);
  }

  /** The first axis from {@code from} on, of more than one element, that is reduced or is not. */
  private static int next(Shape x, Set<Integer> reduced, int from, boolean wanted) {
    int axis = from;
    while (axis < x.rank() && (x.dim(axis) == 1 || reduced.contains(axis) != wanted)) {
      axis++;
    }
    return Math.min(axis, x.rank());
  }

  private Offer offer(
      List<Fact> inputs,
      List<Fact> outputs,
      int outer,
      int axis,
      int inner,
      int items,
      DeviceProfile device) {
    Shape y = outputs.get(0).shape();
    int kept = inputs.get(0).shape().dim(0) / items;
    int item = y.rank() == 0 ? 1 : Math.toIntExact(y.size(1, y.rank()));
    Map<String, String> defines = new HashMap<>(MemoryBound.block(device));
    defines.putAll(op.kind().expressions());
    return MemoryBound.plain(device, inputs, outputs)
        .launch(
            name(),
            defines,
            NdRange.items(ceilDiv(inner, device.channelBlock()), outer, kept),
            new Arguments().input(0).output().ints(axis, inner, items, item))
        .accept(1);
  }
}
