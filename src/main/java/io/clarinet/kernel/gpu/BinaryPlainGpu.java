package io.clarinet.kernel.gpu;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.opencl.Arguments;
import io.clarinet.kernel.opencl.BinaryPlain;
import io.clarinet.kernel.opencl.MemoryBound;
import io.clarinet.kernel.opencl.SixAxes;
import io.clarinet.op.Binary;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;

/** {@code opencl/gpu/binary_gpu.cl}: a function of two plain values, broadcast by strides. */
record BinaryPlainGpu(Binary op) implements Kernel {

  @Override
  public String name() {
    return "binary_gpu";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = Declines.unlessFloats(MemoryBound.all(inputs, outputs));
    if (declined != null) {
      return declined;
    }
    Shape y = outputs.get(0).shape();
    if (y.rank() > SixAxes.COUNT) {
      return new Offer.Decline("more than " + SixAxes.COUNT + " axes");
    }
    Operand a = Operand.of(inputs.get(0).shape(), y.rank());
    Operand b = Operand.of(inputs.get(1).shape(), y.rank());
    SixStrides walk =
        new SixStrides(
            SixAxes.extents(y), new int[][] {a.strides(), b.strides()}, a.outer(), b.outer());
    return GpuOffer.plain(device, inputs, outputs)
        .launch(
            name(),
            BinaryPlain.defines(op, device),
            GpuRange.quads(y.size()),
            1,
            new Arguments()
                .input(0)
                .input(1)
                .output()
                .floats(op.lo(), op.hi())
                .ints((int) y.size())
                .ints(SixAxes.inner(walk.extents()))
                .ints(a.outer())
                .ints(walk.strides(0))
                .ints(b.outer())
                .ints(walk.strides(1)))
        .accept();
  }

  /**
   * How an operand walks the result's axes.
   *
   * @param outer the axis that is its batch, along which its stride counts batch items
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Operand(int outer, int[] strides) {

    static Operand of(Shape x, int rank) {
      int[] strides = new int[SixAxes.COUNT];
      int outer = SixStrides.NONE;
      long[] own = x.strides();
      for (int axis = 0; axis < x.rank(); axis++) {
        int slot = SixAxes.slot(rank - x.rank() + axis, rank);
        boolean batch = axis == 0 && x.rank() > 1 && x.dim(0) > 1;
        outer = batch ? slot : outer;
        strides[slot] = batch ? 1 : x.dim(axis) == 1 ? 0 : Math.toIntExact(own[axis]);
      }
      return new Operand(outer, strides);
    }
  }
}
