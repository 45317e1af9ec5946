package io.clarinet.kernel.jvm;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.ArrayPacking;
import io.clarinet.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Weights in the order in which tiles read an {@link ImageStrip}: for each tile of output blocks
 * (see {@link InnerLoops#widthAt}), for each kernel row, input channel and kernel column, the
 * tile's output channels. Channels that do not exist are zeros.
 *
 * @param widest blocks of the widest tile
 */
record StripPacking(int outChannels, int channels, int kernelH, int kernelW, int block, int widest)
    implements ArrayPacking {

  private int terms() {
    return channels * kernelH * kernelW;
  }

  private int outBlocks() {
    return ceilDiv(outChannels, block);
  }

  @Override
  public long bytes() {
    return 4L * outBlocks() * block * terms();
  }

  @Override
  public void pack(List<Tensor> sources, float[] packed, int at) {
    FloatBuffer from = sources.get(0).floats();
    for (int first = 0; first < outBlocks(); ) {
      int width = InnerLoops.widthAt(first, outBlocks(), widest);
      int rows = Math.min(width * block, outChannels - first * block);
      for (int r = 0; r < rows; r++) {
        row(from, first * block + r, packed, at + first * block * terms() + r, width * block);
      }
      first += width;
    }
  }

  private void row(FloatBuffer from, int outChannel, float[] packed, int to, int step) {
    for (int term = 0; term < terms(); term++) {
      int k = term / kernelW / channels;
      int c = term / kernelW % channels;
      int source = (c * kernelH + k) * kernelW + term % kernelW;
      packed[to + term * step] = from.get(outChannel * terms() + source);
    }
  }
}
