package io.clarinet.kernel.opencl;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.IndexCheck;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Scatter;
import io.clarinet.op.UpdateWalk;
import io.clarinet.tensor.Fact;
import java.util.List;
import java.util.Map;

/** {@code opencl/cpu/scatter_at.cl}: plain values, at indices that are known only at a run. */
public record ScatterAtKernel(Scatter op) implements Kernel {
  /** Scratch regions: what sums have lost, and an index that is outside. */
  public static final int LOST = 0;

  public static final int OUTSIDE = 1;

  @Override
  public String name() {
    return "scatter_at";
  }

  /** The groups of elements and their updates. */
  public UpdateWalk walk(List<Fact> inputs) {
    return op.walk(inputs.get(0).shape(), inputs.get(1).shape());
  }

  /** The defines of {@code scatter_at.clh}. */
  public Map<String, String> defines(List<Fact> inputs) {
    return RuntimeIndices.defines(ScatterTable.defines(op), inputs.get(1));
  }

  /** Bytes of the scratch region of what sums have lost; other joins touch none of it. */
  public long lostBytes(Fact x) {
    return Float.BYTES * (op.join() == Scatter.Join.ADD ? x.shape().size() : 1);
  }

  /** Elements of a part where so many work-items keep a device busy. */
  public static int part(UpdateWalk walk, long wanted) {
    int parts = (int) Math.min(walk.elements(), ceilDiv(wanted, walk.count()));
    return ceilDiv(walk.elements(), Math.max(1, parts));
  }

  /** Work-items for the parts of all groups. */
  public static int items(UpdateWalk walk, int part) {
    return Math.multiplyExact(walk.count(), ceilDiv(walk.elements(), part));
  }

  /** The arguments of this kernel and its twin, up to the elements of a part. */
  public static Arguments arguments(List<Fact> inputs, UpdateWalk walk, int part) {
    return new Arguments()
        .input(0)
        .input(1)
        .input(2)
        .packed(0)
        .output()
        .scratch(LOST)
        .scratch(OUTSIDE)
        .ints(ReducedAxes.item(inputs.get(0).shape()), ReducedAxes.item(inputs.get(1).shape()))
        .ints(ReducedAxes.item(inputs.get(2).shape()), walk.count())
        .ints(ceilDiv(walk.elements(), part), part);
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = RuntimeIndices.declined(inputs, outputs);
    if (declined != null) {
      return declined;
    }
    UpdateWalk walk = walk(inputs);
    int part = part(walk, (long) MemoryBound.ITEMS_PER_CORE * device.limits().computeUnits());
    int items = items(walk, part);
    int run = MemoryBound.rows(items, 1, device);
    return MemoryBound.plain(device, inputs, outputs)
        .packed(WalkTable.of(walk))
        .scratch(lostBytes(inputs.get(0)), IndexCheck.BYTES)
        .checked(RuntimeIndices.check(OUTSIDE, walk.tuple()))
        .launch(
            name(),
            defines(inputs),
            NdRange.items(ceilDiv(items, run)),
            arguments(inputs, walk, part).ints(run))
        .accept();
  }
}
