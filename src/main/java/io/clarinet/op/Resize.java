package io.clarinet.op;

import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An image at another size, as ONNX Resize-19 defines it. Inputs: x; the scales (float32) or the
 * sizes (integers) of the resized axes, a constant; for {@link Coordinates#CROP}, the region of
 * interest: starts, then ends, in parts of the extents.
 *
 * @param axes the axes that are resized; empty for all
 * @param extrapolation value outside of a region of interest
 */
public record Resize(
    Interpolation interpolation,
    Coordinates coordinates,
    Policy policy,
    List<Integer> axes,
    float extrapolation)
    implements Op {

  /** The map from output coordinates to input coordinates. */
  public enum Coordinates {
    HALF_PIXEL,
    HALF_PIXEL_SYMMETRIC,
    /** {@link #HALF_PIXEL}, but an output of one element reads the start. */
    PYTORCH_HALF_PIXEL,
    ALIGN_CORNERS,
    /**
     * {@link #ALIGN_CORNERS} of the output that there is, as PyTorch has it; ONNX aligns the
     * product of extent and scale, its fraction too.
     */
    ALIGN_WHOLE_CORNERS,
    ASYMMETRIC,
    /** The start of each pixel, half of one above the right place (ONNX opset 11 and 12). */
    TF_HALF_PIXEL_FOR_NN,
    CROP
  }

  /** The meaning of given sizes. */
  public enum Policy {
    STRETCH,
    /** The sides keep their proportion, and none gets longer than given. */
    NOT_LARGER,
    /** The sides keep their proportion, and none gets shorter than given. */
    NOT_SMALLER
  }

  /** The resizing of one axis from an extent to another. */
  private record Axis(int from, int to, double scale, double cropStart, double cropEnd) {
    boolean stays() {
      return scale == 1 && cropStart == 0 && cropEnd == 1;
    }
  }

  public Resize {
    axes = List.copyOf(axes);
  }

  private List<Axis> plan(List<Fact> inputs) {
    Shape x = inputs.get(0).shape();
    int[] resized =
        axes.isEmpty()
            ? IntStream.range(0, x.rank()).toArray()
            : axes.stream().mapToInt(x::axis).toArray();
    Tensor target = inputs.get(1).required("the scales or sizes");
    boolean cuts = coordinates == Coordinates.CROP && inputs.size() > 2;
    Tensor crop = cuts ? inputs.get(2).required("the region") : null;
    int count = resized.length;
    if (target.shape().size() != count || (crop != null && crop.shape().size() != 2L * count)) {
      throw new IllegalArgumentException(target + " scales or sizes for " + count + " axes");
    }
    Axis[] plan = new Axis[x.rank()];
    Arrays.setAll(plan, axis -> new Axis(x.dim(axis), x.dim(axis), 1, 0, 1));
    for (int i = 0; i < count; i++) {
      int extent = x.dim(resized[i]);
      double start = crop == null ? 0 : crop.doubleAt(i);
      double end = crop == null ? 1 : crop.doubleAt(count + i);
      boolean scales = target.type() == ElementType.FLOAT32;
      double scale = scales ? target.doubleAt(i) : scale(target, x, resized, i);
      double size =
          scales
              ? Math.floor((float) scale * (float) extent)
              : policy == Policy.STRETCH ? target.doubleAt(i) : Math.floor(scale * extent + 0.5);
      if (!(scale > 0) || !(size <= Integer.MAX_VALUE)) {
        throw new IllegalArgumentException("cannot resize " + x + " by " + scale);
      }
      plan[resized[i]] = new Axis(extent, (int) size, scale, start, end);
    }
    return List.of(plan);
  }

  private double scale(Tensor sizes, Shape x, int[] resized, int i) {
    IntStream all = IntStream.range(0, resized.length);
    return switch (policy) {
      case STRETCH -> sizes.doubleAt(i) / x.dim(resized[i]);
      case NOT_LARGER ->
          all.mapToDouble(k -> sizes.doubleAt(k) / x.dim(resized[k])).min().orElse(1);
      case NOT_SMALLER ->
          all.mapToDouble(k -> sizes.doubleAt(k) / x.dim(resized[k])).max().orElse(1);
    };
  }

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    int[] dims = plan(inputs).stream().mapToInt(Axis::to).toArray();
    return List.of(Fact.of(inputs.get(0).type(), Shape.of(dims)));
  }

  /** Whether all axes from {@code first} to {@code last} stay as they are. */
  public boolean keeps(List<Fact> inputs, int first, int last) {
    return plan(inputs).subList(first, last + 1).stream().allMatch(Axis::stays);
  }

  /** The neighbours that each coordinate of the output has along an axis; not for crops. */
  public List<List<Interpolation.Tap>> taps(List<Fact> inputs, int axis) {
    Axis along = plan(inputs).get(axis);
    return IntStream.range(0, along.to())
        .mapToObj(
            to ->
                along.stays()
                    ? List.of(new Interpolation.Tap(to, 1))
                    : interpolation.taps(source(along, to), along.from(), along.scale()))
        .toList();
  }

  @Override
  public boolean keepsItemsApart(List<Fact> inputs, List<Fact> outputs) {
    return Items.onlyOfFirst(inputs) && keeps(inputs, 0, 0);
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    List<Axis> plan = plan(inputs.stream().map(Fact::of).toList());
    Shape shape = inputs.get(0).shape();
    double[] data = new double[Math.toIntExact(shape.size())];
    Arrays.setAll(data, i -> inputs.get(0).doubleAt(i));
    for (int axis = 0; axis < plan.size(); axis++) {
      Axis along = plan.get(axis);
      if (!along.stays()) {
        data = resized(data, shape, axis, along);
        shape = shape.with(axis, along.to());
      }
    }
    for (int i = 0; i < data.length; i++) {
      outputs.get(0).set(i, data[i]);
    }
  }

  private double[] resized(double[] data, Shape shape, int axis, Axis along) {
    long inner = shape.size(axis + 1, shape.rank());
    double[] result = new double[Math.toIntExact(shape.with(axis, along.to()).size())];
    for (int to = 0; to < along.to(); to++) {
      double at = source(along, to);
      boolean outside = coordinates == Coordinates.CROP && (at < 0 || at > along.from() - 1);
      List<Interpolation.Tap> taps = interpolation.taps(at, along.from(), along.scale());
      for (long outer = 0; outer < shape.size(0, axis); outer++) {
        for (long i = 0; i < inner; i++) {
          double sum = outside ? extrapolation : 0;
          for (Interpolation.Tap tap : outside ? List.<Interpolation.Tap>of() : taps) {
            sum += tap.weight() * data[(int) ((outer * along.from() + tap.index()) * inner + i)];
          }
          result[(int) ((outer * along.to() + to) * inner + i)] = sum;
        }
      }
    }
    return result;
  }

  private double source(Axis axis, int to) {
    double extent = axis.scale() * axis.from();
    double half = (to + 0.5) / axis.scale() - 0.5;
    return switch (coordinates) {
      case HALF_PIXEL -> half;
      case HALF_PIXEL_SYMMETRIC -> axis.from() / 2.0 * (1 - axis.to() / extent) + half;
      case PYTORCH_HALF_PIXEL -> extent == 1 ? -0.5 : half;
      case ALIGN_CORNERS -> extent == 1 ? 0 : to * (axis.from() - 1) / (extent - 1);
      case ALIGN_WHOLE_CORNERS ->
          axis.to() == 1 ? 0 : (double) to * (axis.from() - 1) / (axis.to() - 1);
      case ASYMMETRIC -> to / axis.scale();
      case TF_HALF_PIXEL_FOR_NN -> (to + 0.5) / axis.scale();
      case CROP -> {
        double part = axis.cropEnd() - axis.cropStart();
        double step = extent == 1 ? 0.5 : to / (extent - 1);
        yield (axis.cropStart() + part * step) * (axis.from() - 1);
      }
    };
  }
}
