package io.clarinet.kernel.jvm;

import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.JvmKernel;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.Offer;
import io.clarinet.op.GatherElements;
import io.clarinet.op.IndexWalk;
import io.clarinet.op.Indexed;
import io.clarinet.tensor.Fact;
import java.util.List;

/** Plain elements picked by indices that are known only at a run. */
record PickedAt(Indexed op) implements Kernel {

  @Override
  public String name() {
    return "pick_at";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = IndexElements.declined(inputs, outputs);
    if (declined != null) {
      return declined;
    }
    IndexWalk walk = op.walk(inputs.get(0).shape(), inputs.get(1).shape());
    Copying work =
        new Copying(
            walk.axes(),
            IndexElements.of(inputs.get(1), walk.tuple()),
            PlainElements.of(inputs.get(0).shape()),
            ElementRuns.plain(outputs.get(0).shape()),
            op instanceof GatherElements ? 1 : walk.axes().get(2).extent());
    return Offers.of(work, Layout.PLAIN, inputs, outputs, List.of(), device);
  }

  /**
   * @param row elements that one tuple of indices names, neighbours in x and in y
   */
  private record Copying(
      List<IndexWalk.Axis> axes,
      IndexElements indices,
      PlainElements elements,
      ElementRuns runs,
      int row)
      implements JvmKernel {

    @Override
    public void run(Arguments arguments) {
      arguments.parallel(runs.tasks(), task -> task(arguments, task));
    }

    private void task(Arguments arguments, int task) {
      View x = arguments.input(0);
      View y = arguments.output(0);
      int to = runs.start(y, task);
      int first = runs.item(task) * runs.length() + runs.within(task);
      int count = runs.count(task);
      for (int i = 0; i < count; ) {
        int within = (first + i) % row;
        int length = Math.min(row - within, count - i);
        int source = source(arguments.input(1), first + i - within);
        System.arraycopy(x.data(), elements.at(x, source) + within, y.data(), to + i, length);
        i += length;
      }
    }

    private int source(View view, int element) {
      int rest = element;
      int from = 0;
      int tuple = 0;
      for (int k = axes.size() - 1; k >= 0; k--) {
        IndexWalk.Axis axis = axes.get(k);
        int at = rest % axis.extent();
        rest /= axis.extent();
        from += at * axis.value();
        tuple += at * axis.indices();
      }
      return from + indices.place(view, tuple);
    }
  }
}
