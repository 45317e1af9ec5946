package io.clarinet.kernel.jvm;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.JvmKernel;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Concat;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;

/** A concatenation of plain values by copying. */
record ConcatCopy(Concat op) implements Kernel {

  @Override
  public String name() {
    return "concat";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = Declines.unlessFloats(inputs);
    if (declined != null) {
      return declined;
    }
    List<Shape> shapes = inputs.stream().map(Fact::shape).toList();
    Copy work = new Copy(shapes, outputs.get(0).shape().axis(op.axis()));
    return Offers.of(work, Layout.PLAIN, inputs, outputs, List.of(), device);
  }

  private record Copy(List<Shape> inputs, int axis) implements JvmKernel {

    @Override
    public void run(Arguments arguments) {
      arguments.parallel(inputs.size(), task -> input(arguments, task));
    }

    private void input(Arguments a, int index) {
      Shape shape = inputs.get(index);
      int before = inputs.subList(0, index).stream().mapToInt(s -> s.dim(axis)).sum();
      View x = a.input(index);
      View y = a.output(0);
      if (axis == 0) {
        int item = (int) shape.size(1, shape.rank());
        for (int n = 0; n < shape.n(); n++) {
          int to = y.item(before + n);
          System.arraycopy(x.data(), x.item(n), y.data(), to, item);
        }
        return;
      }
      int all = inputs.stream().mapToInt(s -> s.dim(axis)).sum();
      int inner = (int) shape.size(axis + 1, shape.rank());
      int row = shape.dim(axis) * inner;
      int rows = (int) shape.size(1, axis);
      for (int n = 0; n < shape.n(); n++) {
        for (int r = 0; r < rows; r++) {
          int from = x.item(n) + r * row;
          int to = y.item(n) + (r * all + before) * inner;
          System.arraycopy(x.data(), from, y.data(), to, row);
        }
      }
    }
  }
}
