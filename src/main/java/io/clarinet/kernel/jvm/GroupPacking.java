package io.clarinet.kernel.jvm;

import static io.clarinet.tensor.Division.ceilDiv;

import io.clarinet.kernel.ArrayPacking;
import io.clarinet.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Weights in the order in which a {@link GroupTile} reads them: for each block of output channels,
 * for each tap, for each input channel of a group, the block's weights. Channels that do not exist
 * are zeros.
 *
 * @param outChannels of all groups
 * @param channels input channels of one group
 */
record GroupPacking(int outChannels, int channels, int taps, int block) implements ArrayPacking {

  /** Elements of a block of output channels. */
  int blockFloats() {
    return taps * channels * block;
  }

  @Override
  public long bytes() {
    return 4L * ceilDiv(outChannels, block) * blockFloats();
  }

  @Override
  public void pack(List<Tensor> sources, float[] packed, int at) {
    FloatBuffer from = sources.get(0).floats();
    for (int o = 0; o < outChannels; o++) {
      int to = at + o / block * blockFloats() + o % block;
      for (int i = 0; i < channels * taps; i++) {
        int term = i % taps * channels + i / taps;
        packed[to + term * block] = from.get(o * channels * taps + i);
      }
    }
  }
}
