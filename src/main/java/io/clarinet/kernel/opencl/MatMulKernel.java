package io.clarinet.kernel.opencl;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * {@code opencl/cpu/matmul.cl}: products of plain values of up to six axes, broadcast by strides.
 */
record MatMulKernel() implements Kernel {
  /** The axis of the sum, after the six of y. */
  private static final int SUM = SixAxes.COUNT;

  /**
   * Operations at the peak in the time of one, as for {@link Conv2dDepthwise}: both factors of
   * every product are loaded.
   */
  private static final double LOAD_COST = 4;

  @Override
  public String name() {
    return "matmul";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = Declines.unlessFloats(MemoryBound.all(inputs, outputs));
    if (declined != null) {
      return declined;
    }
    Shape a = inputs.get(0).shape();
    Shape b = inputs.get(1).shape();
    int rank = Math.max(2, Math.max(a.rank(), b.rank()));
    if (rank > SixAxes.COUNT) {
      return new Offer.Decline("more than " + SixAxes.COUNT + " axes");
    }
    int[] extents = new int[SixAxes.COUNT];
    Arrays.fill(extents, 1);
    Arguments left = operand(a, a.rank() - 1, rank, extents);
    Arguments right = operand(b, Math.max(0, b.rank() - 2), rank, extents);
    int all = SixAxes.rows(extents);
    int rows = MemoryBound.rows(all, extents[0], device);
    double flops = LOAD_COST * 2.0 * outputs.get(0).shape().size() * a.dim(-1);
    return MemoryBound.plain(device, inputs, outputs)
        .flops(flops)
        .launch(
            name(),
            MemoryBound.block(device),
            NdRange.items(ceilDiv(all, rows), 1, extents[0]),
            new Arguments()
                .input(0)
                .input(1)
                .output()
                .ints(rows)
                .ints(SixAxes.inner(extents))
                .ints(a.dim(-1))
                .addAll(left)
                .addAll(right))
        .accept();
  }

  /**
   * Which axis is the operand's batch, and its strides along y's axes and the sum.
   *
   * @param summed the operand's axis that is summed over
   * @param rank of y with the axes that vectors drop
   * @param extents y's, widened by the operand's
   */
  private static Arguments operand(Shape x, int summed, int rank, int[] extents) {
    int[] strides = new int[SixAxes.COUNT + 1];
    int outer = -1;
    for (int axis = 0; axis < x.rank(); axis++) {
      boolean sum = axis == summed;
      if (!sum && x.dim(axis) == 1) {
        continue;
      }
      int place = sum ? SUM : SixAxes.slot(rank - x.rank() + axis, rank);
      strides[place] = Math.toIntExact(x.strides()[axis]);
      outer = axis == 0 && x.rank() > 1 ? place : outer;
      if (!sum) {
        extents[place] = x.dim(axis);
      }
    }
    return new Arguments().ints(outer).ints(strides);
  }
}
