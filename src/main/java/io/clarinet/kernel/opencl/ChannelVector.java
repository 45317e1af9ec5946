package io.clarinet.kernel.opencl;

import io.clarinet.kernel.Offer;
import io.clarinet.kernel.Packing;
import io.clarinet.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A vector of one float a channel, zeros up to {@code floats}; all zeros if it is made of nothing.
 */
public record ChannelVector(int floats) implements Packing {

  /** A layer's bias, its input 2; zeros where it has none. */
  public static Offer.Packed bias(boolean given, int floats) {
    return new Offer.Packed(given ? List.of(2) : List.of(), new ChannelVector(floats));
  }

  @Override
  public long bytes() {
    return 4L * floats;
  }

  @Override
  public void pack(List<Tensor> sources, ByteBuffer packed) {
    for (Tensor source : sources) {
      packed.asFloatBuffer().put(source.floats());
    }
  }
}
