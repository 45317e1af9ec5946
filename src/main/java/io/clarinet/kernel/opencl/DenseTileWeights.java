package io.clarinet.kernel.opencl;

import io.clarinet.kernel.Packing;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Weights of a dense layer in the order of {@link Conv2dWeights} for one tap: per tile of outputs
 * {@code [k, whole blocks of it][tile's outputs]}, zeros beyond k. The outputs are whole blocks.
 *
 * @param transposed whether the source is [outputs, k]
 * @param tiles tile t of T is output blocks t·B/T … (t+1)·B/T-1 of all B
 */
record DenseTileWeights(boolean transposed, int k, int outputs, int block, int tiles)
    implements Packing {
  /** Outputs, and elements of k, that are moved together: their rows stay in the cache. */
  /**
   * Side of a square that is moved at a time: 16 kB, so that lines of both sides are used whole.
   */
  private static final int STEP = 64;

  @Override
  public long bytes() {
    return 4L * depth() * outputs;
  }

  private int depth() {
    return (k + block - 1) / block * block;
  }

  @Override
  public void pack(List<Tensor> sources, ByteBuffer packed) {
    FloatBuffer from = sources.get(0).floats();
    FloatBuffer to = packed.asFloatBuffer();
    for (int t = 0; t < tiles; t++) {
      int first = start(t);
      int end = start(t + 1);
      for (int o = first; o < end; o += STEP) {
        for (int row = 0; row < k; row += STEP) {
          packPart(from, to, first, end, o, row);
        }
      }
    }
  }

  private int start(int tile) {
    return (int) ((long) tile * (outputs / block) / tiles) * block;
  }

  private void packPart(FloatBuffer from, FloatBuffer to, int first, int end, int o, int row) {
    int width = end - first;
    for (int output = o; output < Math.min(end, o + STEP); output++) {
      int at = first * depth() + output - first;
      for (int r = row; r < Math.min(k, row + STEP); r++) {
        to.put(at + r * width, from.get(transposed ? output * k + r : r * outputs + output));
      }
    }
  }
}
