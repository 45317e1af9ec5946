package io.clarinet.kernel.jvm;

import io.clarinet.kernel.ArrayPacking;
import io.clarinet.kernel.Offer;
import io.clarinet.tensor.Tensor;
import java.util.List;

/** The packed form of a constant that no kernel reads. */
record NothingPacked() implements ArrayPacking {

  /** Of an input that was read when planning. */
  static Offer.Packed of(int input) {
    return Offer.Packed.of(input, new NothingPacked());
  }

  @Override
  public long bytes() {
    return 0;
  }

  @Override
  public void pack(List<Tensor> sources, float[] packed, int at) {}
}
