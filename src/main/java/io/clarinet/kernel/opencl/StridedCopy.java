package io.clarinet.kernel.opencl;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.Launch;
import io.clarinet.kernel.NdRange;
import io.clarinet.kernel.Offer;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A copy of plain elements in another order: each axis of y walks one axis of x. */
public final class StridedCopy {
  private final Shape x;
  private final Shape y;
  private final int output;
  private Offer.@Nullable Decline declined;
  private final int[] strides = new int[SixAxes.COUNT];
  private int start;
  private int firstItem;
  private int outer;

  StridedCopy(List<Fact> inputs, List<Fact> outputs) {
    this(inputs, outputs, 0, inputs.get(0).shape(), outputs.get(0).shape());
  }

  /**
   * A copy between values with their axes split: {@code x} and {@code y} are the input's and the
   * output's shapes with axes other than the first split into several.
   *
   * @param output which output is written
   */
  StridedCopy(List<Fact> inputs, List<Fact> outputs, int output, Shape x, Shape y) {
    this.output = output;
    this.x = x;
    this.y = y;
    this.declined =
        y.rank() > SixAxes.COUNT
            ? new Offer.Decline("more than " + SixAxes.COUNT + " axes")
            : Declines.unlessFloats(List.of(inputs.get(0), outputs.get(output)));
  }

  /** Declines shapes that no copy handles. */
  public Offer.@Nullable Decline declined() {
    return declined;
  }

  /** Declines this copy. */
  StridedCopy decline(String reason) {
    declined = new Offer.Decline(reason);
    return this;
  }

  /** The extents of y's axes, as {@link SixAxes} has them. */
  public int[] extents() {
    return SixAxes.extents(y);
  }

  /** x's strides along y's axes: in floats, but along {@link #outer()} in batch items. */
  public int[] strides() {
    return strides.clone();
  }

  /** Floats from the start of an item of x to the first element taken. */
  public int start() {
    return start;
  }

  /** The first batch item of x that is taken. */
  public int firstItem() {
    return firstItem;
  }

  /** Which of y's six axes is x's batch. */
  public int outer() {
    return outer;
  }

  /** The index of the output that is written. */
  public int output() {
    return output;
  }

  /**
   * Lets an axis of y walk an axis of x from {@code first} on in steps of {@code step}; an axis
   * that walks none repeats.
   */
  void axis(int axis, int source, int first, int step) {
    if (declined != null) {
      return;
    }
    int slot = SixAxes.slot(axis, y.rank());
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

  /** Stays at {@code first} on an axis of x that no axis of y walks. */
  void stay(int source, int first) {
    if (declined != null) {
      return;
    }
    if (source > 0 || x.rank() == 1) {
      start += first * Math.toIntExact(x.strides()[source]);
    } else if (y.rank() == SixAxes.COUNT) {
      decline("the batch is left out, and no axis is free to stand for it");
    } else {
      outer = 1; // an axis of extent 1
      firstItem = first;
    }
  }

  /** {@code opencl/cpu/transpose.cl}. */
  Launch launch(DeviceProfile device) {
    int[] extents = SixAxes.extents(y);
    int all = SixAxes.rows(extents);
    int rows = MemoryBound.rows(all, extents[0], device);
    Arguments arguments =
        new Arguments()
            .input(0)
            .output(output)
            .ints(rows)
            .ints(SixAxes.inner(extents))
            .ints(start, firstItem, outer)
            .ints(strides);
    NdRange range = NdRange.items(ceilDiv(all, rows), 1, extents[0]);
    return new Launch("transpose", Map.of(), range, arguments.list());
  }
}
