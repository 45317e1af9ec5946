package io.clarinet.kernel.jvm;

import static io.clarinet.kernel.KernelTransform.TAPS;
import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.ArrayPacking;
import io.clarinet.kernel.KernelTransform;
import io.clarinet.kernel.MinimalFiltering;
import io.clarinet.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * 3×3 weights at Winograd's points in the order that {@link RegisterTile}s read: for each tile of
 * output blocks (see {@link InnerLoops#widthAt}), for each point, for each input channel, the
 * tile's output channels. Channels that do not exist are zeros.
 *
 * @param widest blocks of the widest tile
 */
record WinogradPacking(
    MinimalFiltering filtering, int outChannels, int channels, int block, int widest)
    implements ArrayPacking {

  private int outBlocks() {
    return ceilDiv(outChannels, block);
  }

  private int rows() {
    return ceilDiv(channels, block) * block;
  }

  /** Index of the first weight of a point of the tile that begins with output block {@code b}. */
  int start(int b, int width, int point) {
    return (b * filtering.points() + point * width) * rows() * block;
  }

  @Override
  public long bytes() {
    return 4L * filtering.points() * outBlocks() * block * rows();
  }

  @Override
  public double multiplications() {
    return filtering.multiplications();
  }

  @Override
  public String expansion() {
    return filtering.expansion(bytes(), outChannels, channels);
  }

  @Override
  public void pack(List<Tensor> sources, float[] packed, int at) {
    FloatBuffer from = TilePacking.floats(sources.get(0));
    for (int b = 0; b < outBlocks(); ) {
      int width = InnerLoops.widthAt(b, outBlocks(), widest);
      pack(from, b, width, packed, at);
      b += width;
    }
  }

  private void pack(FloatBuffer from, int b, int width, float[] packed, int start) {
    KernelTransform kernels = new KernelTransform(filtering, width * block);
    int first = b * block;
    int count = Math.min(width * block, outChannels - first);
    for (int c = 0; c < channels; c++) {
      int at = (first * channels + c) * TAPS;
      float[][] points = kernels.points(from, at, channels * TAPS, count);
      for (int k = 0; k < points.length; k++) {
        int to = start + start(b, width, k) + c * width * block;
        System.arraycopy(points[k], 0, packed, to, width * block);
      }
    }
  }
}
