package io.clarinet.kernel.opencl;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.Packing;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Convolution weights as kernels read them: per group, per tile of output channels, {@code
 * [ceil(ic/inBlock)][kh][kw][inBlock][tile's channels]}, zeros where a channel does not exist. Tile
 * t of T is output channel blocks t·B/T … (t+1)·B/T-1 of the group's B.
 *
 * @param oc output channels of one group
 * @param ic input channels of one group
 * @param taps kernel rows times columns
 * @param tiles tiles of one group
 * @param zeros further zeros at the end
 */
public record Conv2dWeights(
    int groups, int oc, int ic, int taps, int inBlock, int outBlock, int tiles, int zeros)
    implements Packing {

  @Override
  public long bytes() {
    return 4 * ((long) groups * outBlocks() * outBlock * rows() + zeros);
  }

  private int outBlocks() {
    return ceilDiv(oc, outBlock);
  }

  private int rows() {
    return ceilDiv(ic, inBlock) * inBlock * taps;
  }

  @Override
  public void pack(List<Tensor> sources, ByteBuffer packed) {
    FloatBuffer from = sources.get(0).floats();
    FloatBuffer to = packed.asFloatBuffer();
    for (int g = 0; g < groups; g++) {
      for (int t = 0; t < tiles; t++) {
        int first = (int) ((long) t * outBlocks() / tiles) * outBlock;
        int end = (int) ((long) (t + 1) * outBlocks() / tiles) * outBlock;
        int start = (g * outBlocks() * outBlock + first) * rows();
        for (int o = first; o < Math.min(oc, end); o++) {
          packChannel(from, (g * oc + o) * ic * taps, to, start + o - first, end - first);
        }
      }
    }
  }

  /** Writes one output channel: a column of the tile, {@code width} apart. */
  private void packChannel(FloatBuffer from, int source, FloatBuffer to, int target, int width) {
    for (int c = 0; c < ic; c++) {
      int row = c / inBlock * inBlock * taps + c % inBlock;
      for (int tap = 0; tap < taps; tap++) {
        to.put(target + (row + tap * inBlock) * width, from.get(source++));
      }
    }
  }
}
