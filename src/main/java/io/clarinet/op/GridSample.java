package io.clarinet.op;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An image read at places that a grid names, as ONNX GridSample-20 defines it, PyTorch's {@code
 * grid_sample}. Inputs: x [n, c, d1 … dr]; the grid [n, o1 … or, r], the innermost axis' coordinate
 * first, -1 and 1 at the image's ends. Output: [n, c, o1 … or].
 *
 * @param alignCorners whether the ends are the centres of the outer pixels, not their edges
 */
public record GridSample(Mode mode, Outside outside, boolean alignCorners) implements Op {
  /** Coefficient a of Keys' convolution kernel. */
  private static final float CUBIC = -0.75f;

  /** The function between neighbours. */
  public enum Mode {
    NEAREST,
    LINEAR,
    CUBIC
  }

  /** What stands for pixels outside of the image. */
  public enum Outside {
    ZEROS,
    BORDER,
    /** The image mirrored at its ends, again and again. */
    REFLECTION
  }

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    Fact.requireFloat32(inputs);
    Shape x = inputs.get(0).shape();
    Shape grid = inputs.get(1).shape();
    int axes = x.rank() - 2;
    if (axes < 1 || grid.rank() != x.rank() || grid.n() != x.n() || grid.dim(-1) != axes) {
      throw new IllegalArgumentException("the grid " + grid + " does not fit " + x);
    }
    Shape y = x;
    for (int axis = 0; axis < axes; axis++) {
      y = y.with(axis + 2, grid.dim(axis + 1));
    }
    return List.of(Fact.of(y));
  }

  @Override
  public boolean keepsItemsApart(List<Fact> inputs, List<Fact> outputs) {
    return inputs.stream().noneMatch(Fact::isConstant);
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    Shape x = inputs.get(0).shape();
    int axes = x.rank() - 2;
    long places = outputs.get(0).shape().size(2, x.rank());
    for (long place = 0; place < x.n() * places; place++) {
      long first = place * axes;
      List<List<Interpolation.Tap>> taps =
          IntStream.range(0, axes)
              .mapToObj(i -> taps(inputs.get(1).doubleAt(first + axes - 1 - i), x.dim(i + 2)))
              .toList();
      for (long c = 0; c < x.c(); c++) {
        long plane = place / places * x.c() + c;
        outputs.get(0).set(plane * places + place % places, sum(inputs.get(0), plane, taps, 0));
      }
    }
  }

  private static double sum(Tensor x, long at, List<List<Interpolation.Tap>> taps, int axis) {
    if (axis == taps.size()) {
      return x.doubleAt(at);
    }
    double sum = 0;
    for (Interpolation.Tap tap : taps.get(axis)) {
      long next = at * x.shape().dim(axis + 2) + tap.index();
      sum += tap.weight() * sum(x, next, taps, axis + 1);
    }
    return sum;
  }

  /** The neighbours along an axis that lie in the image, of a coordinate of the grid. */
  private List<Interpolation.Tap> taps(double coordinate, int extent) {
    double at = place(coordinate, extent);
    double base = Math.floor(at);
    List<Interpolation.Tap> taps = new ArrayList<>();
    for (int i = firstTap(); i <= lastTap(); i++) {
      int index = pixel(base + i, extent);
      if (index >= 0) {
        taps.add(new Interpolation.Tap(index, weight(Math.abs(i - (at - base)))));
      }
    }
    return taps;
  }

  /** The first neighbour, from the pixel before a place on. */
  public int firstTap() {
    return mode == Mode.CUBIC ? -1 : 0;
  }

  /** The last neighbour. */
  public int lastTap() {
    return mode == Mode.NEAREST ? 0 : mode == Mode.LINEAR ? 1 : 2;
  }

  /** The place in pixels, along an axis of so many, that a coordinate of the grid names. */
  public double place(double coordinate, int extent) {
    double at =
        alignCorners ? (coordinate + 1) / 2 * (extent - 1) : ((coordinate + 1) * extent - 1) / 2;
    return brought(mode == Mode.NEAREST ? Math.rint(at) : at, extent);
  }

  /** The pixel that stands at a place between pixels, or -1 for a zero. */
  public int pixel(double at, int extent) {
    double within = brought(at, extent);
    return within < 0 || within >= extent ? -1 : (int) within;
  }

  /** The weight of a neighbour at a distance. */
  public double weight(double distance) {
    return switch (mode) {
      case NEAREST -> 1;
      case LINEAR -> 1 - distance;
      case CUBIC -> Interpolation.keys(CUBIC, distance);
    };
  }

  /** A place outside of the image, brought into it. */
  private double brought(double at, int extent) {
    double low = alignCorners ? 0 : -0.5;
    double high = extent - 1 - low;
    if (!(at < low || at > high)) {
      return at;
    }
    return switch (outside) {
      case ZEROS -> at;
      case BORDER -> Math.max(0, Math.min(extent - 1, at));
      case REFLECTION -> low + reflected(Math.abs(at - low), high - low);
    };
  }

  private static double reflected(double distance, double range) {
    double rest = range > 0 ? distance % (2 * range) : 0;
    return rest > range ? 2 * range - rest : rest;
  }
}
