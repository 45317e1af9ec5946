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
import java.util.stream.IntStream;

/** Layer normalisation of plain values by known factors, one row a task. */
record RowNormalisation(LayerNorm op) implements Kernel {

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
    Normalise work = new Normalise(x.n(), rows, length, inputs.size() > 2, op.epsilon());
    return Offers.of(work, Layout.PLAIN, inputs, outputs, factors(inputs, length), device);
  }

  private static List<Offer.Packed> factors(List<Fact> inputs, int length) {
    return IntStream.range(1, inputs.size())
        .mapToObj(i -> Offer.Packed.of(i, new Repeated(length)))
        .toList();
  }

  /** A vector as it is; one element for all where it has but one. */
  private record Repeated(int length) implements ArrayPacking {

    @Override
    public long bytes() {
      return 4L * length;
    }

    @Override
    public void pack(List<Tensor> sources, float[] packed, int at) {
      float[] values = sources.get(0).toFloatArray();
      if (values.length == 1) {
        Arrays.fill(packed, at, at + length, values[0]);
      } else {
        System.arraycopy(values, 0, packed, at, length);
      }
    }
  }

  /**
   * @param rows of a batch item
   */
  private record Normalise(int items, int rows, int length, boolean shifts, float epsilon)
      implements JvmKernel {

    @Override
    public void run(Arguments arguments) {
      arguments.parallel(items * rows, task -> row(arguments, task / rows, task % rows));
    }

    private void row(Arguments a, int item, int row) {
      float[] x = a.input(0).data();
      int at = a.input(0).item(item) + row * length;
      double sum = 0;
      for (int i = at; i < at + length; i++) {
        sum += x[i];
      }
      double mean = sum / length;
      double squares = 0;
      for (int i = at; i < at + length; i++) {
        squares += (x[i] - mean) * (x[i] - mean);
      }
      double factor = 1 / Math.sqrt(squares / length + epsilon);
      a.output(1).data()[a.output(1).item(item) + row] = (float) mean;
      a.output(2).data()[a.output(2).item(item) + row] = (float) factor;
      write(a, x, at, a.output(0).item(item) + row * length, mean, factor);
    }

    private void write(Arguments a, float[] x, int at, int to, double mean, double factor) {
      float[] y = a.output(0).data();
      View scale = a.packed(0);
      View shift = shifts ? a.packed(1) : null;
      for (int i = 0; i < length; i++) {
        double v = (x[at + i] - mean) * factor * scale.data()[scale.offset() + i];
        y[to + i] = (float) (shift == null ? v : v + shift.data()[shift.offset() + i]);
      }
    }
  }
}
