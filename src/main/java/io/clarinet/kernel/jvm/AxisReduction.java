package io.clarinet.kernel.jvm;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.JvmKernel;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.Offer;
import io.clarinet.op.Reduce;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Plain values reduced along any axes, in double. */
record AxisReduction(Reduce op) implements Kernel {

  @Override
  public String name() {
    return "reduce";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = Declines.unlessFloats(List.of(inputs.get(0), outputs.get(0)));
    if (declined != null) {
      return declined;
    }
    Folding work =
        new Folding(op, inputs.get(0).shape(), op.reduced(inputs), outputs.get(0).shape());
    List<Offer.Packed> read =
        IntStream.range(1, inputs.size()).mapToObj(NothingPacked::of).toList();
    return Offers.of(work, Layout.PLAIN, inputs, outputs, read, device);
  }

  private static final class Folding implements JvmKernel {
    private final Reduce op;

    /** Of an item of x: where each result's elements begin, and where they lie from there. */
    private final int[] starts;

    private final int[] elements;

    /** Items that are reduced to one. */
    private final int items;

    private final int results;
    private final PlainElements places;

    Folding(Reduce op, Shape x, Set<Integer> reduced, Shape y) {
      this.op = op;
      this.starts = places(x, axis -> !reduced.contains(axis));
      this.elements = places(x, reduced::contains);
      this.items = reduced.contains(0) ? x.n() : 1;
      this.results = (int) y.size();
      this.places = PlainElements.of(y);
    }

    /** Where an item's elements lie that differ along these axes alone. */
    private static int[] places(Shape x, IntPredicate wanted) {
      int[] places = {0};
      for (int axis = 1; axis < x.rank(); axis++) {
        if (wanted.test(axis)) {
          int[] before = places;
          int extent = x.dim(axis);
          int stride = (int) x.strides()[axis];
          places =
              IntStream.range(0, before.length * extent)
                  .map(i -> before[i / extent] + i % extent * stride)
                  .toArray();
        }
      }
      return places;
    }

    @Override
    public void run(Arguments arguments) {
      int each = Math.max(1, ElementRuns.RUN / (elements.length * items));
      arguments.parallel(
          ceilDiv(results, each),
          task -> {
            int end = Math.min(results, (task + 1) * each);
            for (int i = task * each; i < end; i++) {
              View y = arguments.output(0);
              y.data()[places.at(y, i)] = (float) result(arguments.input(0), i);
            }
          });
    }

    private double result(View x, int i) {
      double so = op.start(ElementType.FLOAT32);
      int first = i / starts.length;
      for (int item = first; item < first + items; item++) {
        int from = x.item(item) + starts[i % starts.length];
        for (int element : elements) {
          so = op.joined(so, x.data()[from + element]);
        }
      }
      return op.finished(so, (long) items * elements.length);
    }
  }
}
