package io.clarinet.kernel.jvm;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.JvmKernel;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Picking;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import java.util.stream.IntStream;

/** Plain elements picked by known indices, or left zero. */
record PickedCopy(Picking op) implements Kernel {

  @Override
  public String name() {
    return "pick";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = Declines.unlessFloats(List.of(inputs.get(0), outputs.get(0)));
    if (declined != null) {
      return declined;
    }
    if (!inputs.stream().skip(1).allMatch(Fact::isConstant)) {
      return new Offer.Decline("the indices must be constants");
    }
    Shape y = outputs.get(0).shape();
    try {
      Copying work =
          new Copying(
              op.table(inputs, y), PlainElements.of(inputs.get(0).shape()), ElementRuns.plain(y));
      List<Offer.Packed> read =
          IntStream.range(1, inputs.size()).mapToObj(NothingPacked::of).toList();
      return Offers.of(work, Layout.PLAIN, inputs, outputs, read, device);
    } catch (IllegalArgumentException e) {
      return new Offer.Decline(String.valueOf(e.getMessage()));
    }
  }

  private static final class Copying implements JvmKernel {
    private final int[] table;
    private final PlainElements elements;
    private final ElementRuns runs;

    Copying(int[] table, PlainElements elements, ElementRuns runs) {
      this.table = table;
      this.elements = elements;
      this.runs = runs;
    }

    @Override
    public void run(Arguments arguments) {
      arguments.parallel(runs.tasks(), task -> task(arguments.input(0), arguments.output(0), task));
    }

    private void task(View x, View y, int task) {
      int to = runs.start(y, task);
      int first = runs.item(task) * runs.length() + runs.within(task);
      for (int i = 0; i < runs.count(task); i++) {
        int source = table[first + i];
        y.data()[to + i] = source < 0 ? 0 : x.data()[elements.at(x, source)];
      }
    }
  }
}
