package io.clarinet.kernel.jvm;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.ArrayPacking;
import io.clarinet.tensor.ElementType;
import io.clarinet.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Weights in the order that {@link RegisterTile}s read: for each group, for each tile of output
 * blocks (see {@link InnerLoops#widthAt}), for each step, for each of its input lanes, the tile's
 * output channels. Channels that do not exist are zeros. The source is float32 or of half
 * precision.
 *
 * @param outChannels of one group
 * @param rowStride elements of the source between output channels
 * @param elementStride elements of the source between the terms of one sum
 * @param channels input channels of one group
 * @param taps kernel positions, each a step of its own
 * @param widest blocks of the widest tile
 */
record TilePacking(
    int groups,
    int outChannels,
    int rowStride,
    int elementStride,
    int channels,
    int taps,
    int block,
    int widest)
    implements ArrayPacking {

  private int outBlocks() {
    return ceilDiv(outChannels, block);
  }

  private int steps() {
    return ceilDiv(channels, block) * taps;
  }

  /** Index of the first weight of the group's tile that begins with output block {@code first}. */
  static int start(int group, int outBlocks, int first, int steps, int block) {
    return (group * outBlocks + first) * block * steps * block;
  }

  @Override
  public long bytes() {
    return 4L * groups * outBlocks() * block * steps() * block;
  }

  @Override
  public void pack(List<Tensor> sources, float[] packed, int at) {
    FloatBuffer from = floats(sources.get(0));
    for (int g = 0; g < groups; g++) {
      for (int first = 0; first < outBlocks(); ) {
        int width = InnerLoops.widthAt(first, outBlocks(), widest);
        int to = at + start(g, outBlocks(), first, steps(), block);
        for (int s = 0; s < steps(); s++) {
          step(from, g, first * block, s, width * block, packed, to + s * block * width * block);
        }
        first += width;
      }
    }
  }

  /** The elements of a float32 tensor or one of half precision. */
  static FloatBuffer floats(Tensor source) {
    if (source.type() == ElementType.FLOAT32) {
      return source.floats();
    }
    FloatBuffer widened = FloatBuffer.allocate(Math.toIntExact(source.shape().size()));
    for (int i = 0; i < widened.capacity(); i++) {
      widened.put(i, (float) source.doubleAt(i));
    }
    return widened;
  }

  private void step(FloatBuffer from, int g, int first, int s, int lanes, float[] packed, int at) {
    int rows = Math.min(lanes, outChannels - first);
    for (int r = 0; r < rows; r++) {
      int row = (g * outChannels + first + r) * rowStride;
      for (int c = 0; c < block; c++) {
        int channel = s / taps * block + c;
        if (channel < channels) {
          int term = channel * taps + s % taps;
          packed[at + c * lanes + r] = from.get(row + term * elementStride);
        }
      }
    }
  }
}
