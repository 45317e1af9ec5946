package io.clarinet.kernel.jvm;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.JvmKernel;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Pad;
import io.clarinet.op.Slice;
import io.clarinet.op.Transpose;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Padding, slicing and transposing of plain values.
 *
 * @param copy the copy for given inputs and output
 */
record CopyKernel(String name, Planned copy) implements Kernel {

  /** Makes the copy for an operator's inputs and output; may throw what the operator throws. */
  @FunctionalInterface
  interface Planned {
    JvmKernel plan(List<Fact> inputs, Shape y);
  }

  static CopyKernel of(Pad op) {
    return new CopyKernel("pad", (inputs, y) -> pad(op, inputs, y));
  }

  static CopyKernel of(Slice op) {
    return new CopyKernel("slice", (inputs, y) -> slice(op, inputs, y));
  }

  static CopyKernel of(Transpose op) {
    return new CopyKernel("transpose", (inputs, y) -> transpose(op, inputs, y));
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = Declines.unlessFloats(inputs.subList(0, 1));
    if (declined != null) {
      return declined;
    }
    JvmKernel work = copy.plan(inputs, outputs.get(0).shape());
    List<Offer.Packed> settings =
        IntStream.range(1, inputs.size()).mapToObj(NothingPacked::of).toList();
    return Offers.of(work, Layout.PLAIN, inputs, outputs, settings, device);
  }

  private static JvmKernel pad(Pad op, List<Fact> inputs, Shape y) {
    Shape x = inputs.get(0).shape();
    int[] around = op.pads(inputs);
    int[][] coordinates = new int[x.rank()][];
    for (int axis = 0; axis < x.rank(); axis++) {
      int extent = x.dim(axis);
      int before = around[axis];
      coordinates[axis] =
          IntStream.range(0, y.dim(axis)).map(i -> op.source(i - before, extent)).toArray();
    }
    return new IndexedCopy(x, y, axes(x), coordinates, (float) op.value(inputs));
  }

  private static JvmKernel slice(Slice op, List<Fact> inputs, Shape y) {
    Shape x = inputs.get(0).shape();
    int[][] coordinates =
        op.taken(inputs).stream()
            .map(t -> IntStream.range(0, t.count()).map(i -> t.start() + i * t.step()).toArray())
            .toArray(int[][]::new);
    return new IndexedCopy(x, y, axes(x), coordinates, 0);
  }

  private static JvmKernel transpose(Transpose op, List<Fact> inputs, Shape y) {
    Shape x = inputs.get(0).shape();
    int[] axes = op.axes(x.rank()).stream().mapToInt(Integer::intValue).toArray();
    int[][] coordinates =
        IntStream.range(0, y.rank())
            .mapToObj(axis -> IntStream.range(0, y.dim(axis)).toArray())
            .toArray(int[][]::new);
    return new IndexedCopy(x, y, axes, coordinates, 0);
  }

  private static int[] axes(Shape x) {
    return IntStream.range(0, x.rank()).toArray();
  }
}
