package io.clarinet.kernel.jvm;

import io.clarinet.kernel.ArrayPacking;
import io.clarinet.kernel.Declines;
import io.clarinet.kernel.DeviceProfile;
import io.clarinet.kernel.JvmKernel;
import io.clarinet.kernel.Kernel;
import io.clarinet.kernel.Layout;
import io.clarinet.kernel.Offer;
import io.clarinet.op.LayerNorm;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/** Layer normalisation of plain values by known factors, one row a task. */
record RowNormalisation(LayerNorm op, IntFunction<InnerLoops> loops) implements Kernel {

  @Override
  public String name() {
    return "layer_norm";
  }

  @Override
  public Offer offer(List<Fact> inputs, List<Fact> outputs, DeviceProfile device) {
    Offer.Decline declined = Declines.unlessFloats(inputs);
    if (declined != null) {
      return declined;
    }
    Shape x = inputs.get(0).shape();
    int first = x.axis(op.axis());
    if (first == 0) {
      return new Offer.Decline("normalises the batch as one");
    }
    int length = Math.toIntExact(x.size(first, x.rank()));
    for (Fact factor : inputs.subList(1, inputs.size())) {
      long size = factor.shape().size();
      if (!factor.isConstant() || (size != length && size != 1)) {
        return new Offer.Decline("scale or shift are not known, or not one for each element");
      }
    }
    int rows = Math.toIntExact(x.size(1, first));
    Normalisations loop = loops.apply(device.channelBlock()).normalisations();
    Normalise work = new Normalise(x.n(), rows, length, op.epsilon(), loop);
    return Offers.of(work, Layout.PLAIN, inputs, outputs, factors(inputs, length), device);
  }

  private static List<Offer.Packed> factors(List<Fact> inputs, int length) {
    List<Integer> shift = inputs.size() > 2 ? List.of(2) : List.of();
    Repeated factors = new Repeated(length);
    return List.of(Offer.Packed.of(1, factors), new Offer.Packed(shift, factors));
  }

  /** A vector as it is, one element for all where it has but one, or zeros for none. */
  private record Repeated(int length) implements ArrayPacking {

    @Override
    public long bytes() {
      return 4L * length;
    }

    @Override
    public void pack(List<Tensor> sources, float[] packed, int at) {
      for (Tensor source : sources) {
        float[] values = source.toFloatArray();
        Arrays.fill(packed, at, at + length, values[0]);
        System.arraycopy(values, 0, packed, at, values.length);
      }
    }
  }

  /**
   * @param rows of a batch item
   */
  private record Normalise(int items, int rows, int length, float epsilon, Normalisations loop)
      implements JvmKernel {

    @Override
    public void run(Arguments arguments) {
      arguments.parallel(items * rows, task -> row(arguments, task / rows, task % rows));
    }

    private void row(Arguments a, int item, int row) {
      float[] x = a.input(0).data();
      int at = a.input(0).item(item) + row * length;
      double mean = x[at] + loop.total(x, at, length, x[at]) / length;
      float high = (float) mean;
      float low = (float) (mean - high);
      double squares = loop.squares(x, at, length, high, low);
      float factor = (float) (1 / Math.sqrt(squares / length + epsilon));
      a.output(1).data()[a.output(1).item(item) + row] = high;
      a.output(2).data()[a.output(2).item(item) + row] = factor;
      View scale = a.packed(0);
      View shift = a.packed(1);
      loop.normaliseRow(
          x,
          at,
          length,
          high,
          low,
          factor,
          scale.data(),
          scale.offset(),
          shift.data(),
          shift.offset(),
          a.output(0).data(),
          a.output(0).item(item) + row * length);
    }
  }
}
