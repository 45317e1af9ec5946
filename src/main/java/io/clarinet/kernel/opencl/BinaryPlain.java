package io.clarinet.kernel.opencl;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Binary;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import java.util.Map;

/**
 * {@code opencl/cpu/binary.cl}: a function of two plain values of up to six axes, broadcast by
 * strides.
 */
public record BinaryPlain(Binary op) implements Kernel {

  @Override
  public String name() {
    return "binary";
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
    int[] extents = SixAxes.extents(y);
    int all = SixAxes.rows(extents);
    int rows = MemoryBound.rows(all, extents[0], device);
    Arguments arguments =
        new Arguments()
            .input(0)
            .input(1)
            .output()
            .floats(op.lo(), op.hi())
            .ints(rows)
            .ints(SixAxes.inner(extents));
    inputs.forEach(f -> addOperand(arguments, f.shape(), y.rank()));
    NdRange range = NdRange.items(ceilDiv(all, rows), 1, extents[0]);
    return MemoryBound.plain(device, inputs, outputs)
        .launch(name(), defines(op, device), range, arguments)
        .accept();
  }

  /** The operation and the activation. */
  public static Map<String, String> defines(Binary op, DeviceProfile device) {
    Map<String, String> defines = EpilogueDefines.of(op, device.channelBlock());
    defines.put("OP(a, b)", op.kind().expression());
    return defines;
  }

  /** Adds which of y's axes is the operand's batch, and its strides along y's axes. */
  private static void addOperand(Arguments arguments, Shape x, int rank) {
    int[] strides = new int[SixAxes.COUNT];
    int outer = -1;
    long[] own = x.strides();
    for (int axis = 0; axis < x.rank(); axis++) {
      int slot = SixAxes.slot(rank - x.rank() + axis, rank);
      strides[slot] = x.dim(axis) == 1 ? 0 : Math.toIntExact(own[axis]);
      if (axis == 0 && x.rank() > 1 && x.dim(0) > 1) {
        outer = slot;
      }
    }
    arguments.ints(outer).ints(strides);
  }
}
