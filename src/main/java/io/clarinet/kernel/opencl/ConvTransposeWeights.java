package io.clarinet.kernel.opencl;

import io.clarinet.kernel.Packing;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Weights of a transposed convolution as kernels read them, [tiles][taps][rows][width], from
 * [inputs][outputs of a group][taps]: zeros where a channel does not exist.
 *
 * @param tiles tiles of the output channels
 * @param width output channels of a tile
 * @param inner input channels of a group
 * @param rows {@code inner}, or more of them
 * @param outer output channels of a group
 * @param outputs output channels of all groups
 */
public record ConvTransposeWeights(
    int tiles, int width, int taps, int inner, int rows, int outer, int outputs)
    implements Packing {
  @Override
  public long bytes() {
    return 4L * tiles * width * taps * rows;
  }

  @Override
  public void pack(List<Tensor> sources, ByteBuffer packed) {
    for (int o = 0; o < outputs; o++) {
      for (int tap = 0; tap < taps; tap++) {
        for (int i = 0; i < inner; i++) {
          long from = ((o / outer * inner + i) * (long) outer + o % outer) * taps + tap;
          int to = ((o / width * taps + tap) * rows + i) * width + o % width;
          packed.putFloat(4 * to, (float) sources.get(0).doubleAt(from));
        }
      }
    }
  }
}
