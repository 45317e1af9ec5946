package io.clarinet.train;

import static org.bytedeco.pytorch.global.torch.adaptive_avg_pool2d;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/** Samples as arrays: pictures [n, 3, 32, 32], normalised, and labels [n]. */
record Batch(float[] pictures, long[] labels) {

  static Batch of(List<Sample> samples) {
    int length = samples.get(0).pixels().length;
    float[] pictures = new float[samples.size() * length];
    long[] labels = new long[samples.size()];
    for (int n = 0; n < labels.length; n++) {
      labels[n] = samples.get(n).label();
      byte[] pixels = samples.get(n).pixels();
      for (int i = 0; i < length; i++) {
        double p = (pixels[i] & 255) / 255.0;
        pictures[n * length + i] = (float) ((p - Recipe.MEAN) / Recipe.DEVIATION);
      }
    }
    return new Batch(pictures, labels);
  }

  /** The pictures, shrunken to size × size by averaging, channels last. */
  Tensor pictures(int size) {
    Tensor full = Tensor.create(pictures, labels.length, 3, Ranges.SIZE, Ranges.SIZE);
    Tensor shrunken = size == Ranges.SIZE ? full : adaptive_avg_pool2d(full, size, size);
    return shrunken.contiguous(MemoryFormat.ChannelsLast);
  }

  Tensor targets() {
    return Tensor.create(labels, labels.length);
  }
}
