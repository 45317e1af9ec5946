package io.clarinet.op;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * Transposed convolution: every input element adds its multiple of the kernel to the output (ONNX
 * ConvTranspose). Inputs: x [n, c, …]; weights [c, oc/groups, …]; optionally bias [oc]. Output: [n,
 * oc, …], along each axis (extent − 1) · stride + dilation · (kernel − 1) + 1 + outputPadding −
 * pads, or {@code outputShape}.
 *
 * @param window its padding is taken away from the output; an automatic one makes the output stride
 *     times the input
 * @param outputPadding added after each axis; empty for none
 * @param outputShape the output's spatial extents, from which the padding follows; empty for none
 */
public record ConvTranspose(
    WindowNd window, int groups, List<Integer> outputPadding, List<Integer> outputShape)
    implements Op {

  public ConvTranspose {
    outputPadding = List.copyOf(outputPadding);
    outputShape = List.copyOf(outputShape);
  }

  /** An output axis: its extent, and the elements cut away before it. */
  public record Axis(int extent, int before) {}

  public Axis axis(int axis, int extent) {
    int stride = window.strides().get(axis);
    int reach = window.dilations().get(axis) * (window.kernel().get(axis) - 1) + 1;
    int extra = outputPadding.isEmpty() ? 0 : outputPadding.get(axis);
    int full = Math.addExact(Math.multiplyExact(extent - 1, stride), reach + extra);
    boolean automatic = window.rule() != Padding.Rule.EXPLICIT;
    if (outputShape.isEmpty() && !automatic) {
      int before = window.pads().get(axis);
      return new Axis(full - before - window.pads().get(axis + window.axes()), before);
    }
    int wanted = outputShape.isEmpty() ? extent * stride : outputShape.get(axis);
    int total = Math.max(0, full - wanted);
    boolean upper = window.rule() == Padding.Rule.SAME_UPPER;
    return new Axis(wanted, upper ? total / 2 : total - total / 2);
  }

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    Fact.requireFloat32(inputs);
    Shape x = inputs.get(0).shape();
    Shape w = inputs.get(1).shape();
    boolean fits =
        x.rank() == window.axes() + 2
            && w.rank() == x.rank()
            && w.dim(0) == x.c()
            && groups >= 1
            && x.c() % groups == 0
            && w.size(2, w.rank()) == window.taps()
            && (inputs.size() < 3 || inputs.get(2).shape().size() == (long) w.dim(1) * groups);
    if (!fits) {
      throw new IllegalArgumentException(
          "weights " + w + " with " + groups + " groups do not fit input " + x);
    }
    int[] dims = x.dims();
    dims[1] = Math.multiplyExact(w.dim(1), groups);
    for (int axis = 0; axis < window.axes(); axis++) {
      dims[axis + 2] = axis(axis, x.dim(axis + 2)).extent();
    }
    return List.of(Fact.of(Shape.of(dims)));
  }

  @Override
  public boolean keepsItemsApart(List<Fact> inputs, List<Fact> outputs) {
    return Items.onlyOfFirst(inputs);
  }

  @Override
  public long multiplyAdds(List<Fact> inputs, List<Fact> outputs) {
    return inputs.get(0).shape().size()
        * inputs.get(1).shape().size(1, inputs.get(1).shape().rank());
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    Tensor x = inputs.get(0);
    Shape y = outputs.get(0).shape();
    int[] kernel = window.kernel().stream().mapToInt(Integer::intValue).toArray();
    long[] taps = Shape.of(kernel).strides();
    long image = y.size(2, y.rank());
    int perGroup = inputs.get(1).shape().dim(1);
    double[] sums = new double[Math.toIntExact(y.size())];
    if (inputs.size() > 2) {
      Arrays.setAll(sums, i -> inputs.get(2).doubleAt(i / image % y.c()));
    }
    long[] strides = x.shape().strides();
    for (long i = 0; i < x.shape().size(); i++) {
      int[] at = Indexing.coordinates(strides, i);
      int firstOut = at[1] / (x.shape().c() / groups) * perGroup;
      for (int tap = 0; tap < window.taps(); tap++) {
        long offset = offset(at, tap, taps, x.shape(), y);
        for (int o = 0; o < perGroup && offset >= 0; o++) {
          long to = ((long) at[0] * y.c() + firstOut + o) * image + offset;
          long weight = ((long) at[1] * perGroup + o) * window.taps() + tap;
          sums[(int) to] += x.doubleAt(i) * inputs.get(1).doubleAt(weight);
        }
      }
    }
    for (int i = 0; i < sums.length; i++) {
      outputs.get(0).set(i, sums[i]);
    }
  }

  /** Offset into an output image of what an input element adds to by one tap; -1 outside. */
  private long offset(int[] at, int tap, long[] taps, Shape x, Shape y) {
    long offset = 0;
    long rest = tap;
    for (int axis = 0; axis < window.axes(); axis++) {
      int k = (int) (rest / taps[axis]);
      rest %= taps[axis];
      int before = axis(axis, x.dim(axis + 2)).before();
      int i = at[axis + 2] * window.strides().get(axis) + k * window.dilations().get(axis) - before;
      if (i < 0 || i >= y.dim(axis + 2)) {
        return -1;
      }
      offset = offset * y.dim(axis + 2) + i;
    }
    return offset;
  }
}
