package io.clarinet.kernel.jvm;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.JvmKernel;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Scatter;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;

/** Plain updates joined to the elements that known indices name, those of one in their order. */
record ScatterJoin(Scatter op) implements Kernel {

  @Override
  public String name() {
    return "scatter";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = Declines.unlessFloats(List.of(inputs.get(0), inputs.get(2)));
    if (declined != null) {
      return declined;
    }
    if (!inputs.get(1).isConstant()) {
      return new Offer.Decline("the indices must be constants");
    }
    try {
      Joining work =
          new Joining(op.join(), op.table(inputs), inputs.get(0).shape(), inputs.get(2).shape());
      return Offers.of(work, Layout.PLAIN, inputs, outputs, List.of(NothingPacked.of(1)), device);
    } catch (IllegalArgumentException e) {
      return new Offer.Decline(String.valueOf(e.getMessage()));
    }
  }

  private static final class Joining implements JvmKernel {
    private final Scatter.Join join;
    private final int[] table;
    private final int elements;
    private final ElementRuns runs;
    private final PlainElements updated;

    Joining(Scatter.Join join, int[] table, Shape x, Shape updates) {
      this.join = join;
      this.table = table;
      this.elements = (int) x.size();
      this.runs = ElementRuns.plain(x);
      this.updated = PlainElements.of(updates);
    }

    @Override
    public void run(Arguments arguments) {
      arguments.parallel(runs.tasks(), task -> task(arguments, task));
    }

    private void task(Arguments arguments, int task) {
      View x = arguments.input(0);
      View y = arguments.output(0);
      int from = runs.start(x, task);
      int to = runs.start(y, task);
      int first = runs.item(task) * runs.length() + runs.within(task);
      for (int i = 0; i < runs.count(task); i++) {
        y.data()[to + i] = joined(x.data()[from + i], first + i, arguments.input(2));
      }
    }

    private float joined(float there, int element, View updates) {
      double so = there;
      for (int k = table[element]; k < table[element + 1]; k++) {
        int update = table[elements + 1 + k];
        so = join.apply(so, updates.data()[updated.at(updates, update)]);
      }
      return (float) so;
    }
  }
}
