package io.clarinet.kernel.opencl;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.kernel.Packing;
import io.clarinet.op.Interpolation;
import io.clarinet.op.Resize;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code opencl/cpu/resize.cl}: images in channel blocks by tables of neighbours and weights. */
public record ResizeKernel(Resize op) implements Kernel {
  /** Bounds the tables, which take more than the elements that they stand for. */
  private static final int MAX_EXTENT = 1 << 16;

  @Override
  public String name() {
    return "resize";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = declined(inputs, outputs);
    if (declined != null) {
      return declined;
    }
    Shape y = outputs.get(0).shape();
    Taps rows = taps(inputs, 2);
    Taps columns = taps(inputs, 3);
    return MemoryBound.blocked(device, inputs, outputs)
        .flops(2.0 * y.size() * rows.most() * columns.most())
        .packed(new Offer.Packed(List.of(), rows))
        .packed(new Offer.Packed(List.of(), columns))
        .launch(
            name(),
            MemoryBound.block(device),
            NdRange.items(y.h(), MemoryBound.blocks(y.c(), device), y.n()),
            arguments(inputs.get(0).shape(), y, rows, columns))
        .accept(1);
  }

  /** Declines what resizes other axes than rows and columns, or makes very many of these. */
  public Offer.@Nullable Decline declined(List<Fact> inputs, List<Fact> outputs) {
    Offer.Decline declined = Declines.unlessImages(List.of(inputs.get(0), outputs.get(0)));
    if (declined != null) {
      return declined;
    }
    if (op.coordinates() == Resize.Coordinates.CROP || !op.keeps(inputs, 0, 1)) {
      return new Offer.Decline("only for rows and columns, all of them");
    }
    Shape y = outputs.get(0).shape();
    return y.h() <= MAX_EXTENT && y.w() <= MAX_EXTENT
        ? null
        : new Offer.Decline("more than " + MAX_EXTENT + " rows or columns");
  }

  /** The neighbours along rows (axis 2) or columns (3), packed constants 0 and 1. */
  public Taps taps(List<Fact> inputs, int axis) {
    return Taps.of(op.taps(inputs, axis));
  }

  /** The arguments, which the twin for GPUs has too. */
  public Arguments arguments(Shape x, Shape y, Taps rows, Taps columns) {
    return new Arguments()
        .input(0)
        .output()
        .packed(0)
        .packed(1)
        .ints(x.c(), x.h(), x.w(), y.h(), y.w(), rows.most(), columns.most());
  }

  /**
   * For each output coordinate: how many neighbours, and of each the coordinate and weight.
   *
   * @param most neighbours that any has
   */
  public record Taps(List<List<Interpolation.Tap>> taps, int most) implements Packing {

    static Taps of(List<List<Interpolation.Tap>> taps) {
      return new Taps(taps, taps.stream().mapToInt(List::size).max().orElse(1));
    }

    @Override
    public long bytes() {
      return 4L * taps.size() * (1 + 2 * most);
    }

    @Override
    public void pack(List<Tensor> sources, ByteBuffer packed) {
      for (int i = 0; i < taps.size(); i++) {
        int at = 4 * i * (1 + 2 * most);
        packed.putFloat(at, taps.get(i).size());
        for (Interpolation.Tap tap : taps.get(i)) {
          packed.putFloat(at + 4, tap.index());
          packed.putFloat(at + 8, (float) tap.weight());
          at += 8;
        }
      }
    }
  }
}
