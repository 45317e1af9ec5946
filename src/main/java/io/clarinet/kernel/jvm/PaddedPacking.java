package io.clarinet.kernel.jvm;

import io.clarinet.kernel.ArrayPacking;
import io.clarinet.tensor.Tensor;
import java.util.List;

/** A vector with zeros behind it, or zeros only where there is no source. */
record PaddedPacking(int length) implements ArrayPacking {

  @Override
  public long bytes() {
    return 4L * length;
  }

  @Override
  public void pack(List<Tensor> sources, float[] packed, int at) {
    for (Tensor source : sources) {
      source.floats().get(packed, at, Math.toIntExact(source.shape().size()));
    }
  }
}
