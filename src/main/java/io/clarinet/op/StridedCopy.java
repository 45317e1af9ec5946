package io.clarinet.op;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.tensor.Shape;
import java.util.List;
import java.util.Map;

/** Puts together the offer of {@code opencl/transpose.cl}: each axis of y walks one axis of x. */
final class StridedCopy {
  private final List<Fact> inputs;
  private final List<Fact> outputs;
  private final DeviceProfile device;
  private final String refusal;
  private final int[] strides = new int[SixAxes.COUNT];
  private int start;
  private int firstItem;
  private int outer;

  StridedCopy(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.device = device;
    Shape y = outputs.get(0).shape();
    this.refusal =
        y.rank() > SixAxes.COUNT
            ? "more than " + SixAxes.COUNT + " axes"
            : MemoryBound.unlessFloats(List.of(inputs.get(0), outputs.get(0)));
  }

  /**
   * Lets an axis of y walk an axis of x from {@code first} on in steps of {@code step}; an axis
   * that walks none repeats.
   */
  void axis(int axis, int source, int first, int step) {
    Shape x = inputs.get(0).shape();
    if (!refusal.isEmpty()) {
      return;
    }
    int slot = SixAxes.slot(axis, outputs.get(0).shape().rank());
    if (source == 0 && x.rank() > 1) {
      outer = slot;
      firstItem = first;
      strides[slot] = step;
    } else {
      int stride = Math.toIntExact(x.strides()[source]);
      start += first * stride;
      strides[slot] = step * stride;
    }
  }

  Offer offer() {
    if (!refusal.isEmpty()) {
      return new Offer.Decline(refusal);
    }
    int[] extents = SixAxes.extents(outputs.get(0).shape());
    int all = SixAxes.rows(extents);
    int rows = MemoryBound.rows(all, extents[0], device);
    return MemoryBound.plain(device, inputs, outputs)
        .launch(
            "transpose",
            Map.of(),
            NdRange.items(MemoryBound.divideUp(all, rows), 1, extents[0]),
            new Arguments()
                .input(0)
                .output()
                .ints(rows)
                .ints(SixAxes.inner(extents))
                .ints(start, firstItem, outer)
                .ints(strides))
        .accept(1);
  }
}
