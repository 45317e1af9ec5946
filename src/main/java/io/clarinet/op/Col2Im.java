package io.clarinet.op;

import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import io.clarinet.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * The sum of blocks where they overlap in an image (ONNX Col2Im-18, PyTorch's {@code Fold}).
 * Inputs: columns [n, c · elements of a block, blocks]; the image's extents; the block's, both
 * integers and constants. Output: [n, c, …].
 *
 * @param pads before each axis, then after
 */
public record Col2Im(List<Integer> strides, List<Integer> dilations, List<Integer> pads)
    implements Op {

  public Col2Im {
    strides = List.copyOf(strides);
    dilations = List.copyOf(dilations);
    pads = List.copyOf(pads);
  }

  /** The window that takes blocks from the image. */
  public WindowNd window(List<Fact> inputs) {
    List<Integer> block = new ArrayList<>();
    for (long extent : inputs.get(2).required("the block's shape").toLongArray()) {
      block.add(Math.toIntExact(extent));
    }
    int axes = block.size();
    if (strides.size() != axes || dilations.size() != axes || pads.size() != 2 * axes) {
      throw new IllegalArgumentException(
          strides.size() + " strides for a block of " + axes + " axes");
    }
    return new WindowNd(block, strides, dilations, Padding.Rule.EXPLICIT, pads);
  }

  /** [n, c, …]. */
  private Shape image(List<Fact> inputs, int taps) {
    Shape x = inputs.get(0).shape();
    if (x.rank() != 3 || taps == 0 || x.dim(1) % taps != 0) {
      throw new IllegalArgumentException("columns " + x + " of blocks of " + taps + " elements");
    }
    Shape extents = Shape.of(inputs.get(1).required("the image's shape").toLongArray());
    int[] dims = new int[extents.rank() + 2];
    dims[0] = x.n();
    dims[1] = x.dim(1) / taps;
    for (int axis = 0; axis < extents.rank(); axis++) {
      dims[axis + 2] = extents.dim(axis);
    }
    return Shape.of(dims);
  }

  /** The blocks along each axis of an image. */
  public Shape blocks(WindowNd window, Shape image) {
    return window.output(image, 1, false);
  }

  @Override
  public List<Fact> infer(List<Fact> inputs) {
    WindowNd window = window(inputs);
    Shape image = image(inputs, window.taps());
    Shape blocks = blocks(window, image);
    long count = blocks.size(2, blocks.rank());
    if (count != inputs.get(0).shape().dim(2)) {
      throw new IllegalArgumentException(
          inputs.get(0).shape() + " for " + count + " blocks of " + image);
    }
    Fact.requireFloat32(inputs.subList(0, 1));
    return List.of(Fact.of(image));
  }

  @Override
  public boolean keepsItemsApart(List<Fact> inputs, List<Fact> outputs) {
    return Items.onlyOfFirst(inputs);
  }

  @Override
  public void reference(List<Tensor> inputs, List<Tensor> outputs) {
    WindowNd window = window(inputs.stream().map(Fact::of).toList());
    Shape image = outputs.get(0).shape();
    WindowNd.Walk walk = window.new Walk(image);
    Shape blocks = blocks(window, image);
    long plane = image.size(2, image.rank());
    long count = blocks.size(2, blocks.rank());
    double[] sums = new double[Math.toIntExact(image.size())];
    Shape x = inputs.get(0).shape();
    for (long i = 0; i < x.size(); i++) {
      int[] at = Indexing.coordinates(blocks.with(0, 1).strides(), i % count);
      int row = (int) (i / count % x.dim(1));
      long offset = walk.offset(at, row % window.taps());
      if (offset >= 0) {
        long channel = i / count / x.dim(1) * image.c() + row / window.taps();
        sums[(int) (channel * plane + offset)] += inputs.get(0).doubleAt(i);
      }
    }
    for (int i = 0; i < sums.length; i++) {
      outputs.get(0).set(i, sums[i]);
    }
  }
}
