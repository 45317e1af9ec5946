package io.clarinet.kernel.gpu;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.opencl.Arguments;
import io.clarinet.kernel.opencl.Rearrangement;
import io.clarinet.kernel.opencl.StridedCopy;
import io.clarinet.tensor.Fact;
import java.util.List;
import java.util.Map;

/**
 * {@code opencl/gpu/transpose_tile.cl}: plain elements in another order, where the axis along which
 * neighbours lie in the input is not that of the output: through local memory, so that loads and
 * stores are of neighbours.
 */
record TransposeTile(Rearrangement twin) implements Kernel {
  /** {@code TILE} of the kernel. */
  private static final int TILE = 32;

  /** Elements of both axes below which most of a tile's work-items had nothing to do. */
  private static final int LEAST = 8;

  /** Of an element. */
  private static final double FLOPS = 16;

  private static final int REGISTERS = 56;
  private static final int LAST = 5;

  @Override
  public String name() {
    return twin.name() + "_tile";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    GpuOffer offer = GpuOffer.plain(device, inputs, outputs).reading(1);
    for (StridedCopy copy : twin.copies(inputs, outputs)) {
      Offer.Decline declined = copy.declined();
      if (declined != null) {
        return declined;
      }
      SixStrides walk = SixStrides.of(copy);
      int across = across(walk, copy.outer());
      if (across == SixStrides.NONE) {
        return new Offer.Decline("no two long axes that are dense on one side each");
      }
      add(offer, copy, walk, across, outputs.get(copy.output()), device);
    }
    return offer.accept();
  }

  /** The axis along which x is dense, if it is another than y's. */
  private static int across(SixStrides walk, int outer) {
    int[] extents = walk.extents();
    int[] strides = walk.strides(0);
    for (int axis = 0; axis < LAST && extents[LAST] >= LEAST; axis++) {
      if (strides[axis] == 1 && extents[axis] >= LEAST && axis != outer) {
        return axis;
      }
    }
    return SixStrides.NONE;
  }

  private static void add(
      GpuOffer offer, StridedCopy copy, SixStrides walk, int across, Fact y, DeviceProfile device) {
    int[] extents = walk.extents();
    int[] xStrides = walk.strides(0);
    int[] yStrides = walk.dense();
    int lanes = GpuRange.lanes(device);
    int rows = extents[across];
    int columns = extents[LAST];
    long others = y.shape().size() / rows / columns;
    Arguments arguments =
        new Arguments()
            .input(0)
            .output(copy.output())
            .ints(rows, yStrides[across], columns, xStrides[LAST])
            .ints(others(extents, across))
            .ints(others(xStrides, across))
            .ints(others(yStrides, across))
            .ints(copy.start(), copy.firstItem())
            .ints(among(copy.outer(), across), among(0, across));
    offer.launch(
        "transpose_tile",
        GpuRange.defines(Map.of(), lanes),
        NdRange.groups(lanes, others * ceilDiv(rows, TILE) * ceilDiv(columns, TILE), 1, 1),
        arguments,
        new GroupWork(lanes, FLOPS * TILE * TILE, REGISTERS, 1, 4L * TILE * (TILE + 1))
            .cached(8.0 * TILE * TILE),
        2 * GpuOffer.bytes(y));
  }

  /** What the kernel is told of the four axes that are not of a tile. */
  private static int[] others(int[] six, int across) {
    int[] four = new int[LAST - 1];
    for (int axis = 0; axis < four.length; axis++) {
      four[axis] = six[axis < across ? axis : axis + 1];
    }
    return four;
  }

  /** Which of the kernel's axes this one is: one of the four, or one of the tile. */
  private static int among(int axis, int across) {
    if (axis == LAST || axis == across) {
      return LAST - 1;
    }
    return axis < across ? axis : axis - 1;
  }
}
