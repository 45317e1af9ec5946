package io.clarinet.kernel.jvm;

import io.clarinet.kernel.ArrayPacking;
import io.clarinet.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Weights as rows of a group's output channels, whole blocks of them: for each group, input block,
 * tap and lane one, zeros where there is no such channel.
 */
record TermPacking(Geometry geometry) implements ArrayPacking {

  /** Elements of a row. */
  int width() {
    return geometry.outBlocks() * geometry.block();
  }

  /** Runs of a block's lanes that a group's sums have. */
  int steps() {
    return geometry.inBlocks() * geometry.taps();
  }

  /** Where the first row of a step lies. */
  int at(int group, int step) {
    return (group * steps() + step) * geometry.block() * width();
  }

  @Override
  public long bytes() {
    return 4L * geometry.groups() * steps() * geometry.block() * width();
  }

  @Override
  public void pack(List<Tensor> sources, float[] packed, int at) {
    FloatBuffer from = TilePacking.floats(sources.get(0));
    int taps = geometry.taps();
    for (int row = 0; row < geometry.groups() * geometry.outChannels(); row++) {
      int group = row / geometry.outChannels();
      for (int channel = 0; channel < geometry.channels(); channel++) {
        int step = channel / geometry.block() * taps;
        int lane = channel % geometry.block() * width() + row % geometry.outChannels();
        for (int tap = 0; tap < taps; tap++) {
          packed[at + at(group, step + tap) + lane] =
              from.get((row * geometry.channels() + channel) * taps + tap);
        }
      }
    }
  }
}
