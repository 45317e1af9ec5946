package io.clarinet.kernel.opencl;

import io.clarinet.op.DepthToSpace;
import io.clarinet.op.SpaceToDepth;
import io.clarinet.tensor.Fact;
import io.clarinet.tensor.Shape;
import java.util.List;
import java.util.stream.IntStream;

/**
 * {@code opencl/cpu/transpose.cl} over images whose channels or pixels are split into axes of
 * blocks.
 *
 * @param x extents of the input's split axes; 0 for what the input's own extents give
 * @param sources which axis of x each axis of y walks
 */
record PixelBlocksKernel(String name, List<Integer> x, List<Integer> sources)
    implements Rearrangement {

  /** [n, b·b·c, h, w] to [n, c, h·b, w·b]. */
  static PixelBlocksKernel of(DepthToSpace op) {
    int b = op.block();
    return op.channelsFirst()
        ? new PixelBlocksKernel(
            "depth_to_space", List.of(0, 0, b, b, 0, 0), List.of(0, 1, 4, 2, 5, 3))
        : new PixelBlocksKernel(
            "depth_to_space", List.of(0, b, b, 0, 0, 0), List.of(0, 3, 4, 1, 5, 2));
  }

  /** [n, c, h·b, w·b] to [n, b·b·c, h, w]. */
  static PixelBlocksKernel of(SpaceToDepth op) {
    int b = op.block();
    return new PixelBlocksKernel(
        "space_to_depth", List.of(0, 0, 0, b, 0, b), List.of(0, 3, 5, 1, 2, 4));
  }

  @Override
  public List<StridedCopy> copies(List<Fact> inputs, List<Fact> outputs) {
    Shape image = inputs.get(0).shape();
    Shape other = outputs.get(0).shape();
    int[] own = {
      image.n(),
      Math.min(image.c(), other.c()),
      Math.min(image.h(), other.h()),
      Math.min(image.w(), other.w())
    };
    int[] split = new int[x.size()];
    int next = 0;
    for (int axis = 0; axis < split.length; axis++) {
      split[axis] = x.get(axis) == 0 ? own[next++] : x.get(axis);
    }
    Shape from = Shape.of(split);
    Shape to = Shape.of(sources.stream().mapToInt(s -> split[s]).toArray());
    StridedCopy copy = new StridedCopy(inputs, outputs, 0, from, to);
    IntStream.range(0, split.length).forEach(i -> copy.axis(i, sources.get(i), 0, 1));
    return List.of(copy);
  }
}
