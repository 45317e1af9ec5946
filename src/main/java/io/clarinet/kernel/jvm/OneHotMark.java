package io.clarinet.kernel.jvm;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.JvmKernel;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.Offer;
import io.clarinet.op.OneHot;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;

/** Plain values that are on at an index, which is a float, and off elsewhere. */
record OneHotMark(OneHot op) implements Kernel {

  @Override
  public String name() {
    return "one_hot";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined =
        Declines.unlessFloats(List.of(inputs.get(0), inputs.get(2), outputs.get(0)));
    if (declined != null) {
      return declined;
    }
    Shape x = inputs.get(0).shape();
    Marking work =
        new Marking(
            OneHot.depth(inputs),
            (int) x.size(op.axis(x), x.rank()),
            PlainElements.of(x),
            ElementRuns.plain(outputs.get(0).shape()));
    return Offers.of(work, Layout.PLAIN, inputs, outputs, List.of(NothingPacked.of(1)), device);
  }

  private record Marking(int depth, int inner, PlainElements indices, ElementRuns runs)
      implements JvmKernel {

    @Override
    public void run(Arguments arguments) {
      arguments.parallel(runs.tasks(), task -> task(arguments, task));
    }

    private void task(Arguments arguments, int task) {
      View x = arguments.input(0);
      View values = arguments.input(2);
      View y = arguments.output(0);
      float off = values.data()[values.item(0)];
      float on = values.data()[values.item(1)];
      int to = runs.start(y, task);
      int first = runs.item(task) * runs.length() + runs.within(task);
      for (int i = 0; i < runs.count(task); i++) {
        int above = (first + i) / inner;
        long index = (long) x.data()[indices.at(x, above / depth * inner + (first + i) % inner)];
        y.data()[to + i] = (index < 0 ? index + depth : index) == above % depth ? on : off;
      }
    }
  }
}
